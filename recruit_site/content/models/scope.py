"""Whom a piece of content is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """The people whom a piece is about, as far as its document says."""

    BOTH = "both", _("Building engineers and ICT engineers")
    ICT = "ict", _("ICT engineers; the documents say nothing of building engineers")
    BUILDING = "building", _("Building engineers; the documents say nothing of ICT engineers")
    MINISTRY = "ministry", _("The ministry, not technical officials in particular")


def scope_field():
    return models.CharField(
        _("about whom"),
        max_length=8,
        choices=Scope,
        blank=True,
        help_text=_(
            "Readers see it in one line: at the head of a page, and beside a piece that differs from its page. "
            "Empty where it does not apply."
        ),
    )

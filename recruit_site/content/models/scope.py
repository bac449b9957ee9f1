"""Whom a piece of content is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """The people whom a piece is about, as far as its document says."""

    BOTH = "both", _("Building engineers and ICT engineers")
    TECHNICAL = "technical", _("Technical staff; their profession is not stated")
    ICT = "ict", _("ICT engineers; whether it applies to building engineers is not stated")
    BUILDING = "building", _("Building engineers; whether it applies to ICT engineers is not stated")
    MINISTRY = "ministry", _("The ministry, not technical officials in particular")


#: What readers see for each scope.
SENTENCES = {
    Scope.BOTH: _("It covers both building engineers and ICT engineers."),
    Scope.TECHNICAL: _("It does not say which profession this is about."),
    Scope.ICT: _("Whether this applies to building engineers too is not stated."),
    Scope.BUILDING: _("Whether this applies to ICT engineers too is not stated."),
    Scope.MINISTRY: _("What is used here is about the ministry and its staff, not technical officials in particular."),
}


def scope_field():
    return models.CharField(
        _("about whom"),
        max_length=12,
        choices=Scope,
        blank=True,
        help_text=_(
            "Readers see it in one line: at the head of a page, and beside a piece that differs from its page. "
            "Empty where it does not apply."
        ),
    )

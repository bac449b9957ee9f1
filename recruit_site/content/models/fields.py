"""Fields that several content models share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def order_field():
    return models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers come first. 0 puts a new entry last.")
    )


def picture_field():
    """Return a foreign key to a picture. A picture in use cannot be deleted."""
    return models.ForeignKey(
        "media.Picture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("picture"),
    )


def scene_field(help_text=""):
    """Return a foreign key to a drawing."""
    return models.ForeignKey(
        "content.Scene",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("scene"),
        help_text=help_text or _("A drawing of something that the text says."),
    )

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Publishable, picture_field


def validate_time_zone(name):
    """Raise ValidationError unless the IANA time zone database knows the name."""
    if name not in available_timezones():
        raise ValidationError(_("No such time zone: %(name)s"), params={"name": name})


class Place(Publishable):
    """A point on the world map: headquarters, a mission abroad, a building site, a place of study."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Headquarters")
        EMBASSY = "embassy", _("Embassy")
        CONSULATE = "consulate", _("Consulate-general")
        DELEGATION = "delegation", _("Permanent mission or delegation")
        RESIDENCE = "residence", _("Official residence")
        STUDY = "study", _("Place of study")
        MEETING = "meeting", _("Conference venue")
        COUNTRY = "country", _("Country")
        TOWN = "town", _("Town or region")

    title = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, north positive."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees, east positive."),
    )
    city = models.CharField(
        _("city"),
        max_length=60,
        blank=True,
        help_text=_("In charts of working days: the city whose time the place has."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[validate_time_zone],
        help_text=_(
            "Its name in the IANA database, such as Asia/Tokyo. Days in two time zones are drawn on one clock."
        ),
    )
    text = models.TextField(_("text"), blank=True)
    picture = picture_field()

    public_fields = (
        *Publishable.public_fields,
        "title",
        "country",
        "kind",
        "latitude",
        "longitude",
        "city",
        "time_zone",
        "text",
        "picture",
    )

    class Meta(Publishable.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = (
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="place_on_the_globe"
            ),
        )

    def get_absolute_url(self):
        return f"{reverse('careers:places')}#{self.slug}"

    @property
    def zone(self):
        """The ZoneInfo of the place, None where none is entered."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

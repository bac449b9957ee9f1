from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Publishable, picture_field
from recruit_site.content.querysets import PublishableQuerySet


class PlaceQuerySet(PublishableQuerySet):
    def with_pieces(self):
        """Fetch what happens at each place, as far as readers may see it: people, projects, days and the rest."""
        return self.with_published(
            "days",
            "features",
            "projects__source",
            "training_programmes",
            "career_steps__person__source",
            "career_steps__person__interviews",
            "career_steps__person__features__feature",
            "picture",
            "source",
        )


def validate_time_zone(name):
    """Raise ValidationError unless the IANA time zone database knows the name."""
    if name not in available_timezones():
        raise ValidationError(_("No such time zone: %(name)s"), params={"name": name})


class Place(Publishable):
    """A place that the source documents name, and what they tell of it. The world map shows one point a country."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Headquarters")
        POSTING = "posting", _("Mission where staff have served")
        PROJECT = "project", _("Building or equipment project")
        STUDY = "study", _("Training or study")
        TRAVEL = "travel", _("Business trip or conference")
        EXAMPLE = "example", _("Given as an example")
        OTHER_MINISTRY = "other-ministry", _("Named in another ministry’s essay")

    title = models.CharField(_("name"), max_length=120)
    country = models.CharField(
        _("country"),
        max_length=60,
        help_text=_("The name on the map and in the list. A mission to an organisation has a short name of its own."),
    )
    kind = models.CharField(
        _("what it is"),
        max_length=15,
        choices=Kind,
        help_text=_("The map draws a line from Tokyo to missions and projects alone."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, north positive. Roughly where the country is."),
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
    text = models.TextField(_("text"), blank=True, help_text=_("Who did what there, as the document says."))
    picture = picture_field()

    #: The kinds that the map joins to Tokyo with a line.
    JOINED_TO_TOKYO = (Kind.POSTING, Kind.PROJECT)
    #: The kinds that the map and the list name by the place itself and not by its country.
    NAMED_BY_TITLE = (Kind.HEADQUARTERS, Kind.OTHER_MINISTRY)

    objects = PlaceQuerySet.as_manager()

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

    @property
    def named_by(self):
        """The name of the field with the place's name on the map and in the list."""
        return "title" if self.kind in self.NAMED_BY_TITLE else "country"

    @property
    def people(self):
        """The people who have a career step here, each once. Fetch the place with_published("career_steps__person")."""
        return list(dict.fromkeys(step.person for step in self.career_steps.all()))

    def get_absolute_url(self):
        return f"{reverse('careers:places')}#{self.slug}"

    @property
    def zone(self):
        """The ZoneInfo of the place, None where none is entered."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

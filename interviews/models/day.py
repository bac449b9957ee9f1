from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models import Duty, Organisation, Person, Place
from recruit_site.content.models import Part, Publishable


def since_midnight(moment):
    """Return the minutes from midnight to a time of day."""
    return moment.hour * 60 + moment.minute


class Day(Publishable):
    """A working day of one person. All its times are local times of its place."""

    title = models.CharField(_("title"), max_length=120)
    lead = models.TextField(_("lead"), blank=True)
    year_of_service = models.PositiveSmallIntegerField(
        _("year of service"), null=True, blank=True, help_text=_("1 in the first year after joining.")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="days", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="days",
        verbose_name=_("organisation"),
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="days", verbose_name=_("place")
    )
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="days", verbose_name=_("duty")
    )
    leaves_usually = models.TimeField(_("leaves on average, usually"), null=True, blank=True)
    leaves_when_busy = models.TimeField(_("leaves on average, when busy"), null=True, blank=True)

    public_fields = (
        *Publishable.public_fields,
        "title",
        "lead",
        "year_of_service",
        "person",
        "organisation",
        "place",
        "duty",
        "leaves_usually",
        "leaves_when_busy",
    )

    class Meta(Publishable.Meta):
        verbose_name = _("day")
        verbose_name_plural = _("days")

    def get_absolute_url(self):
        return f"{reverse('interviews:days')}#{self.slug}"

    @property
    def arrives_at(self):
        return next((entry.starts_at for entry in self.entries.all() if entry.kind == DayEntry.Kind.ARRIVAL), None)

    @property
    def leaves_at(self):
        """The time at which the person leaves: the usual average, else the start of the departure entry, or None."""
        departures = [entry.starts_at for entry in self.entries.all() if entry.kind == DayEntry.Kind.DEPARTURE]
        return self.leaves_usually or next(iter(departures), None)

    @property
    def lunch_minutes(self):
        """The length of lunch in minutes, None where the document gives no end."""
        lunches = [entry for entry in self.entries.all() if entry.kind == DayEntry.Kind.LUNCH]
        return next((entry.minutes for entry in lunches), None)

    @property
    def present_minutes(self):
        """The minutes from arrival to departure on a usual day with lunch, None where either time is not known."""
        if self.arrives_at is None or self.leaves_at is None:
            return None
        return since_midnight(self.leaves_at) - since_midnight(self.arrives_at)


class DayEntry(Part):
    """An entry of a day: a stretch of time, or only its start where the document gives no end."""

    parent_field = "day"

    class Kind(models.TextChoices):
        ARRIVAL = "arrival", _("Arrival")
        WORK = "work", _("Work")
        LUNCH = "lunch", _("Lunch")
        AFTER_HOURS = "after-hours", _("After hours")
        DEPARTURE = "departure", _("Departure")
        LEISURE = "leisure", _("Free time")

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="entries", verbose_name=_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WORK)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    is_approximate = models.BooleanField(_("about"), default=False, help_text=_("The times are approximate."))
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), blank=True)

    public_fields = ("slug", "kind", "starts_at", "ends_at", "is_approximate", "title", "text")

    class Meta(Part.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = (
            models.UniqueConstraint(fields=("day", "slug"), name="entry_unique_in_day"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="entry_ends_after_start",
                violation_error_message=_("The end must be later than the start."),
            ),
        )

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def anchor(self):
        return f"{self.day.slug}-{self.slug}"

    @property
    def minutes(self):
        """The length in minutes, None where the document gives no start or no end."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return since_midnight(self.ends_at) - since_midnight(self.starts_at)

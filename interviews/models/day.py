from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models import Duty, Organisation, Person, Place
from recruit_site.content.models import Part, Publishable


class Day(Publishable):
    """A working day of one person. All its times are local times of its place."""

    title = models.CharField(_("title"), max_length=120)
    short_title = models.CharField(
        _("short title"), max_length=40, blank=True, help_text=_("In narrow charts: HQ, year 1")
    )
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
        "short_title",
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
    def stretches(self):
        """The entries with a start and an end."""
        return [entry for entry in self.entries.all() if entry.starts_at and entry.ends_at]

    @property
    def moments(self):
        """The entries of which only the start is known, without an arrival at the start of a stretch."""
        starts = {entry.starts_at for entry in self.stretches}
        return [
            entry
            for entry in self.entries.all()
            if entry.starts_at
            and not entry.ends_at
            and not (entry.kind == DayEntry.Kind.ARRIVAL and entry.starts_at in starts)
        ]

    @property
    def arrival(self):
        """The entry of the arrival, else the first entry with a start; None where no entry has a start."""
        timed = sorted((entry for entry in self.entries.all() if entry.starts_at), key=lambda entry: entry.starts_at)
        arrivals = [entry for entry in timed if entry.kind == DayEntry.Kind.ARRIVAL]
        return next(iter(arrivals or timed), None)

    @property
    def departure(self):
        """The entry of the departure on this very day, None where the document gives none with a time."""
        departures = (entry for entry in self.entries.all() if entry.kind == DayEntry.Kind.DEPARTURE)
        return next((entry for entry in departures if entry.starts_at), None)

    @property
    def end_of_work(self):
        """The latest end of an entry at work, after hours included; None where the document gives no end."""
        return max((entry.ends_at for entry in self.stretches if entry.kind != DayEntry.Kind.LEISURE), default=None)


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
    summary = models.CharField(
        _("in a few words"), max_length=80, blank=True, help_text=_("In the bar of the chart, where it has room.")
    )
    text = models.TextField(_("text"), blank=True)

    public_fields = ("slug", "kind", "starts_at", "ends_at", "is_approximate", "title", "summary", "text")

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

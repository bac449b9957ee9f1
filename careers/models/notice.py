"""Notices and briefings. A briefing is a notice with a start."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models.official_page import on_the_web
from recruit_site.content.models import Publishable, picture_field
from recruit_site.content.querysets import PublishableQuerySet
from recruit_site.content.translated_fields import translated_text
from recruit_site.content.visibility import State

#: How long a notice without an end or a deadline is current.
NEWS_FOR = timedelta(days=30)

#: The order of the current notices: the next briefing first, then the newest notice.
CURRENT_FIRST = (F("starts_at").asc(nulls_last=True), F("publish_from").desc(), F("slug").asc())


class NoticeQuerySet(PublishableQuerySet):
    def current(self):
        """Filter the notices that are not over: briefings by their start, then other notices, newest first."""
        return self.filter(over_at__gt=timezone.now()).order_by(*CURRENT_FIRST)

    def past(self, year=None):
        """Filter the notices that are over (with `year`, that ended in that year in Japan), the latest end first."""
        past = self.filter(over_at__lte=timezone.now()).order_by("-over_at", "slug")
        return past.filter(over_at__year=year) if year else past

    def digest(self, most=3):
        """Return the first current notices, at most `most`: briefings, and another notice if there is one."""
        kind = ExpressionWrapper(Q(starts_at=None), models.BooleanField())
        nth = Window(RowNumber(), kind, CURRENT_FIRST)
        first = list(self.current().annotate(nth=nth).filter(nth__lte=most))
        briefings = [notice for notice in first if notice.is_briefing]
        others = [notice for notice in first if not notice.is_briefing][: max(1, most - len(briefings))]
        return [*briefings[: most - len(others)], *others]

    def years_of_past(self):
        """Return every year from the latest end of a past notice back to the earliest one, in Japan time."""
        ends = self.past().values_list("over_at", flat=True)
        last, first = (timezone.localtime(end).year if end else 0 for end in (ends.first(), ends.reverse().first()))
        return list(range(last, first - 1, -1)) if last else []


class Employment(models.TextChoices):
    """The type of employment, by the values of schema.org/JobPosting's employmentType that search engines read."""

    FULL_TIME = "FULL_TIME", _("Full-time")
    PART_TIME = "PART_TIME", _("Part-time")
    TEMPORARY = "TEMPORARY", _("Fixed-term")
    INTERN = "INTERN", _("Internship")
    OTHER = "OTHER", _("Other")


class Notice(Publishable):
    """A notice. A notice with a start is a briefing, an event that applicants attend."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    picture = picture_field()
    starts_at = models.DateTimeField(_("start"), null=True, blank=True, help_text=_("Of a briefing. Japan time."))
    ends_at = models.DateTimeField(
        _("end"),
        null=True,
        blank=True,
        help_text=_("Of a briefing; of another notice, until when it matters. Japan time."),
    )
    venue = models.CharField(
        _("venue"), max_length=200, blank=True, help_text=_("If it is not decided yet, write that here.")
    )
    online_url = models.URLField(
        _("address to take part online"),
        max_length=500,
        blank=True,
        validators=[on_the_web],
        help_text=_("Everyone can read it: leave it empty if only those who applied may know it."),
    )
    capacity = models.CharField(
        _("capacity"), max_length=120, blank=True, help_text=_("How many can take part, and what if there are more.")
    )
    apply_url = models.URLField(
        _("address to apply at"),
        max_length=500,
        blank=True,
        validators=[on_the_web],
        help_text=_("The link goes by itself when the deadline or the end has passed."),
    )
    apply_until = models.DateTimeField(
        _("deadline of applications"), null=True, blank=True, help_text=_("For the whole of a day: 23:59. Japan time.")
    )
    cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("A cancelled briefing stays on the site, marked as cancelled. Withdrawing it would hide that."),
    )
    cancellation = models.TextField(
        _("note on the cancellation"), blank=True, help_text=_("Why, and what there is instead.")
    )
    is_vacancy = models.BooleanField(
        _("one open vacancy"),
        default=False,
        help_text=_(
            "Only for one post that one can apply for at the address above: search engines then list it among jobs "
            "until the deadline. Not for examinations, general information or several posts."
        ),
    )
    employment_type = models.CharField(_("employment"), max_length=10, choices=Employment, blank=True)
    job_location = models.CharField(
        _("place of work"), max_length=200, blank=True, help_text=_("Its address in Japan.")
    )
    date = models.GeneratedField(
        expression=Coalesce("starts_at", "publish_from"),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name=_("date"),
    )
    over_at = models.DateTimeField(null=True, editable=False)

    has_own_page = True
    public_fields = (
        *Publishable.public_fields,
        "title",
        "text",
        "picture",
        "starts_at",
        "ends_at",
        "venue",
        "online_url",
        "capacity",
        "apply_url",
        "apply_until",
        "cancelled",
        "cancellation",
        "is_vacancy",
        "employment_type",
        "job_location",
    )

    objects = NoticeQuerySet.as_manager()

    review_every = None
    needs_source = False
    ordered_by_hand = False

    class Meta(Publishable.Meta):
        verbose_name = _("notice or briefing")
        verbose_name_plural = _("notices and briefings")
        ordering = (F("date").desc(nulls_first=True), "slug")
        indexes = (models.Index(fields=("state", "over_at"), name="notice_over_at"),)

    def get_absolute_url(self):
        return reverse("careers:notice", args=(self.slug,))

    def save(self, **kwargs):
        """Save the notice with `publish_from` set when it is first published, and with `over_at`, when it is over."""
        if self.state == State.LIVE and not self.publish_from and not self.is_expired:
            self.publish_from = timezone.now()
        self.over_at = self._over_at()
        super().save(**kwargs)

    def _over_at(self):
        if self.is_briefing:
            return self.ends_at or end_of_day(self.starts_at)
        return self.ends_at or self.apply_until or (self.publish_from and self.publish_from + NEWS_FOR)

    @property
    def is_briefing(self):
        return self.starts_at is not None

    @property
    def is_over(self):
        return self.over_at is not None and self.over_at <= timezone.now()

    @property
    def applications_closed(self):
        return self.apply_until is not None and self.apply_until <= timezone.now()

    @property
    def takes_applications(self):
        return bool(self.apply_url) and not (self.cancelled or self.is_over or self.applications_closed)

    @property
    def is_open_vacancy(self):
        return self.is_vacancy and self.takes_applications

    def clean(self):
        super().clean()
        if self.state == State.LIVE and (faults := dict(self._faults())):
            raise ValidationError(faults)

    def _faults(self):
        """Yield (field, message) for each fact that a published notice lacks or contradicts."""
        where = translated_text(self, "venue").text or self.online_url
        if self.is_briefing and not where:
            yield "venue_ja", _("Say where the briefing is held, or give the address to take part online.")
        if not self.is_briefing and (where or self.cancelled):
            yield (
                "starts_at",
                _("Give the start: a venue, an address to take part and a cancellation are of briefings."),
            )
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            yield "ends_at", _("The end must be later than the start.")
        elif self.apply_until and (last := self.ends_at or self.starts_at) and self.apply_until > last:
            yield "apply_until", _("The deadline must not be after the end.")
        if self.is_vacancy:
            yield from self._faults_of_vacancy()

    def _faults_of_vacancy(self):
        """Yield (field, message) for each fact that schema.org/JobPosting needs and a published vacancy lacks."""
        if self.is_briefing:
            yield "is_vacancy", _("A briefing is no vacancy: write a notice of its own for it.")
        if not translated_text(self, "job_location").text:
            yield "job_location_ja", _("Say where the post is.")
        for field in ("employment_type", "apply_url", "apply_until"):
            if not getattr(self, field):
                yield field, _("A vacancy needs this.")


def end_of_day(at):
    """Return the last second of a datetime's day in Japan."""
    return timezone.localtime(at).replace(hour=23, minute=59, second=59, microsecond=0)

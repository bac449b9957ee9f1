"""The steps from the announcement of the examination to joining the ministry."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models.official_page import Basis, OfficialPage
from recruit_site.content.models import Publishable
from recruit_site.content.querysets import PublishableQuerySet

#: How long before its first day a step is shown on pages about something else.
NEAR = timedelta(days=60)
FIRST_DAY, LAST_DAY = Coalesce("starts_on", "ends_on"), Coalesce("ends_on", "starts_on")


class RecruitingStepQuerySet(PublishableQuerySet):
    def entered(self):
        """Filter the steps with dates or an official page."""
        return self.filter(Q(starts_on__isnull=False) | Q(ends_on__isnull=False) | ~Q(official_url=""))

    def dated_since(self, day):
        """Filter the steps whose last day is `day` or later, the earliest first."""
        return self.alias(first_day=FIRST_DAY, last_day=LAST_DAY).filter(last_day__gte=day).order_by("first_day", "pk")

    def near(self, most=2):
        """Return the next steps that take place now or begin within NEAR, at most `most`."""
        today = timezone.localdate()
        return self.dated_since(today).filter(first_day__lte=today + NEAR)[:most]

    def to_be_filled_in(self):
        """Filter the steps without dates to come that the documents do not describe."""
        coming = self.dated_since(timezone.localdate()).values("pk")
        return self.filter(source=None).exclude(pk__in=coming)


class RecruitingStep(OfficialPage, Publishable):
    """A step of recruiting, such as the interviews.

    The documents state it (it has a source), staff entered dates or an official page, or neither. In the last case
    its name and its place in the order are the site's own.
    """

    title = models.CharField(_("step"), max_length=120)
    text = models.TextField(_("what happens"), blank=True)
    profession = models.ForeignKey(
        "careers.Profession",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recruiting_steps",
        verbose_name=_("for this profession"),
        help_text=_("Empty: for all."),
    )
    exam_categories = models.ManyToManyField(
        "careers.ExamCategory",
        blank=True,
        related_name="recruiting_steps",
        verbose_name=_("for these exam categories"),
        help_text=_("Empty: for all."),
    )
    starts_on = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Empty: not announced. Japan time.")
    )
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: one day only. Alone, it is a deadline.")
    )

    needs_source = False
    review_every = timedelta(days=183)  # an applicant acts on it
    public_fields = (
        *Publishable.public_fields,
        "title",
        "text",
        "profession",
        "exam_categories",
        "starts_on",
        "ends_on",
        *OfficialPage.official_fields,
    )

    objects = RecruitingStepQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("step of recruiting")
        verbose_name_plural = _("steps of recruiting")

    def get_absolute_url(self):
        return f"{reverse('faq:apply')}#{self.anchor}"

    @property
    def anchor(self):
        return f"step-{self.slug}"

    @property
    def first_day(self):
        return self.starts_on or self.ends_on

    @property
    def last_day(self):
        return self.ends_on or self.starts_on

    @property
    def is_over(self):
        return self.last_day is not None and self.last_day < timezone.localdate()

    @property
    def is_entered(self):
        return bool(self.first_day or self.official_url)

    @property
    def basis(self):
        if self.source_id:
            return Basis.STATED
        return Basis.ENTERED if self.is_entered else Basis.SILENT

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day must not be before the first.")})

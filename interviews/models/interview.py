from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models import Person
from recruit_site.content.models import SUBJECTS_HELP, Part, Publishable, picture_field
from recruit_site.content.querysets import PublishableQuerySet


class InterviewQuerySet(PublishableQuerySet):
    def newest_first(self):
        """Order by the year in which the person joined, the latest first; people without a year come last."""
        return self.order_by(F("person__joined_year").desc(nulls_last=True), "order", "slug")


class Interview(Publishable):
    """An interview with one person about the work, retold in the site's own words."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interviews", verbose_name=_("person"))
    title = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), blank=True, help_text=_("One line for lists and the head of the page."))
    picture = picture_field()
    subjects = models.ManyToManyField(
        "content.Subject",
        blank=True,
        related_name="interviews",
        verbose_name=_("subjects"),
        help_text=SUBJECTS_HELP,
    )

    has_own_page = True
    public_fields = (*Publishable.public_fields, "person", "title", "lead", "picture", "subjects")

    objects = InterviewQuerySet.as_manager()

    requires_live = ("person",)
    ordered_within = ("-person__joined_year",)

    class Meta(Publishable.Meta):
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def get_absolute_url(self):
        return reverse("interviews:interview", args=(self.slug,))


class Answer(Part):
    parent_field = "interview"

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="answers", verbose_name=_("interview")
    )
    title = models.CharField(_("question or heading"), max_length=120)
    text = models.TextField(_("answer"))

    public_fields = ("slug", "title", "text")

    class Meta(Part.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (models.UniqueConstraint(fields=("interview", "slug"), name="answer_unique_in_interview"),)

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def anchor(self):
        return self.slug

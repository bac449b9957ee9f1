from django.db import models
from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models import Person
from recruit_site.content.models import Part, Publishable, RelatedLink, picture_field
from recruit_site.content.querysets import PublishableQuerySet


class InterviewQuerySet(PublishableQuerySet):
    def newest_first(self):
        """Order by the year in which the person joined, the latest first; people without a year come last."""
        return self.order_by(F("person__joined_year").desc(nulls_last=True), "order", "slug")

    def by_group(self):
        """Order by whose official the person is, interviews with a page of their own first, then as newest_first()."""
        groups = [When(person__group=group, then=place) for place, group in enumerate(Person.Group)]
        newest_first = self.newest_first()
        return newest_first.order_by(
            Case(*groups, default=Value(len(groups))), "-has_page", *newest_first.query.order_by
        )

    def voices_by_duty(self):
        """Return the interviews without a page of their own in the order of the duties, then as newest_first()."""
        voices = self.filter(has_page=False).newest_first()
        return voices.order_by(F("person__duty__order").asc(nulls_last=True), *voices.query.order_by)


class Interview(Publishable):
    """An interview with one person about the work, retold in the site's own words.

    It has a page of its own, or it stands whole on the page of all interviews.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interviews", verbose_name=_("person"))
    title = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(
        _("lead"),
        blank=True,
        help_text=_("What the person does or tells of: one line for lists and the head of the page."),
    )
    picture = picture_field()
    has_page = models.BooleanField(
        _("page of its own"),
        default=False,
        help_text=_("For a long interview or one with a career. Others stand whole on the page of all interviews."),
    )

    has_own_page = True
    public_fields = (*Publishable.public_fields, "person", "title", "lead", "picture", "has_page")

    objects = InterviewQuerySet.as_manager()

    requires_live = ("person",)
    ordered_within = ("-person__joined_year",)

    class Meta(Publishable.Meta):
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def get_absolute_url(self):
        if self.has_page:
            return reverse("interviews:interview", args=(self.slug,))
        return f"{reverse('interviews:interviews')}#{self.slug}"


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
        return self.slug if self.interview.has_page else f"{self.interview.slug}-{self.slug}"


class InterviewLink(RelatedLink):
    parent_field = "interview"

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("interview")
    )

    class Meta(RelatedLink.Meta):
        constraints = (models.UniqueConstraint(fields=("interview", "slug"), name="link_unique_in_interview"),)

from django.db import models
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Publishable, RelatedLink
from recruit_site.content.querysets import PublishableQuerySet


class Topic(Publishable):
    """A group of questions."""

    title = models.CharField(_("topic"), max_length=80)

    is_searchable = False  # the search finds the topic's questions instead

    public_fields = (*Publishable.public_fields, "title")

    class Meta(Publishable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self):
        return f"{reverse('faq:questions')}#topic-{self.slug}"


class QuestionQuerySet(PublishableQuerySet):
    def by_topic(self):
        return self.order_by("topic__order", "topic__slug", "order", "slug")

    def first_of_each_topic(self):
        """Filter the first question of each topic, in the order of the topics."""
        nth = Window(RowNumber(), "topic", ("order", "slug"))
        first = self.annotate(nth=nth).filter(nth=1)
        return self.filter(pk__in=first.values("pk")).order_by("topic__order")


class Question(Publishable):
    """A question of applicants and its answer. Each question has a page of its own, its permanent link."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic"))
    title = models.CharField(_("question"), max_length=160)
    text = models.TextField(_("answer"))

    has_own_page = True
    public_fields = (*Publishable.public_fields, "topic", "title", "text")

    objects = QuestionQuerySet.as_manager()

    requires_live = ("topic",)
    ordered_within = ("topic",)

    class Meta(Publishable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_absolute_url(self):
        return reverse("faq:question", args=(self.slug,))


class QuestionLink(RelatedLink):
    parent_field = "question"

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("question")
    )

    class Meta(RelatedLink.Meta):
        constraints = (models.UniqueConstraint(fields=("question", "slug"), name="link_unique_in_question"),)

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models import Basis, OfficialPage
from recruit_site.content.models import Publishable, RelatedLink
from recruit_site.content.querysets import PublishableQuerySet
from recruit_site.content.translated_fields import translated_text
from recruit_site.content.visibility import State


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


#: The condition under which a question has no answer: the same as `Question.is_answered`, for queries.
WITHOUT_ANSWER = Q(text_ja=None) | Q(text_ja="")


class QuestionQuerySet(PublishableQuerySet):
    def by_topic(self):
        return self.order_by("topic__order", "topic__slug", "order", "slug")

    def answered(self):
        return self.exclude(WITHOUT_ANSWER)

    def to_be_filled_in(self):
        """Filter the questions without an answer."""
        return self.filter(WITHOUT_ANSWER)

    def first_of_each_topic(self, most=1):
        """Filter the first questions of each topic, at most `most` of one, in the order of the topics."""
        nth = Window(RowNumber(), "topic", ("order", "slug"))
        first = self.annotate(nth=nth).filter(nth__lte=most)
        return self.filter(pk__in=first.values("pk")).by_topic()


class Question(OfficialPage, Publishable):
    """A question of applicants and its answer. Each question has a page of its own, its permanent link.

    Without an answer it says that the documents do not answer it, what they do say, and whom to ask.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic"))
    title = models.CharField(_("question"), max_length=160)
    text = models.TextField(_("answer"), blank=True, help_text=_("Empty: the documents do not say."))
    known = models.TextField(
        _("what the documents do say"),
        blank=True,
        help_text=_("Only without an answer: what they say that is close to it."),
    )
    contact = models.ForeignKey(
        "careers.Contact",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("who to contact"),
        help_text=_("Empty: the page says that the documents name nobody to ask."),
    )
    search_words = models.CharField(
        _("words of the search"),
        max_length=1000,
        blank=True,
        help_text=_("What applicants would type, separated by commas. The search finds the question by them too."),
    )

    has_own_page = True
    public_fields = (
        *Publishable.public_fields,
        "topic",
        "title",
        "text",
        "known",
        "contact",
        *OfficialPage.official_fields,
    )
    language_specific_fields = (*Publishable.language_specific_fields, "search_words")

    objects = QuestionQuerySet.as_manager()

    requires_live = ("topic",)
    ordered_within = ("topic",)

    class Meta(Publishable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_absolute_url(self):
        return reverse("faq:question", args=(self.slug,))

    @property
    def is_answered(self):
        return bool(translated_text(self, "text").text)

    @property
    def basis(self):
        if not self.is_answered:
            return Basis.SILENT
        return Basis.STATED if self.source_id else Basis.ENTERED

    @classmethod
    def must_name_source(cls, data):
        says_something = data.get("text_ja") or data.get("known_ja")
        return bool(says_something and not data.get("official_url"))

    def clean(self):
        super().clean()
        if self.state == State.LIVE and self.is_answered and translated_text(self, "known").text:
            raise ValidationError({"known_ja": _("Leave this empty: the question has an answer.")})


class QuestionLink(RelatedLink):
    parent_field = "question"

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("question")
    )

    class Meta(RelatedLink.Meta):
        constraints = (models.UniqueConstraint(fields=("question", "slug"), name="link_unique_in_question"),)

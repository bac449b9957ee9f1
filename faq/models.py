from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.publishing import Publishable


class Topic(Publishable):
    """A group of questions."""

    title = models.CharField(_("topic"), max_length=80)

    class Meta(Publishable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self):
        return f"{reverse('faq:questions')}#{self.slug}"


class Question(Publishable):
    """What applicants ask, and the answer. Its page is the permanent link."""

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic")
    )
    title = models.CharField(_("question"), max_length=160)
    text = models.TextField(_("answer"))

    stands_with = ("topic",)

    class Meta(Publishable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_absolute_url(self):
        return reverse("faq:question", args=(self.slug,))

from modeltranslation.translator import register, translator

from faq.models import Question, QuestionLink, Topic
from recruit_site.content.translation import PublishableTranslation, RelatedLinkTranslation


@register(Topic)
class TopicTranslation(PublishableTranslation):
    fields = ("title",)


@register(Question)
class QuestionTranslation(PublishableTranslation):
    fields = ("title", "text", "known", "search_words", "official_title")


translator.register(QuestionLink, RelatedLinkTranslation)

from modeltranslation.translator import TranslationOptions, register

from faq.models import Question, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("title", "source_section")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("title", "text", "known", "search_words", "official_title", "source_section")

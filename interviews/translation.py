from modeltranslation.translator import TranslationOptions, register, translator

from interviews import models
from recruit_site.content.translation import PublishableTranslation, RelatedLinkTranslation


@register(models.Interview)
class InterviewTranslation(PublishableTranslation):
    fields = ("title", "lead")


@register(models.Answer)
class AnswerTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.Feature)
class FeatureTranslation(PublishableTranslation):
    fields = ("title", "lead", "byline")


@register(models.Participant)
class ParticipantTranslation(TranslationOptions):
    fields = ("title",)


@register(models.FeatureSection)
class FeatureSectionTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.Day)
class DayTranslation(PublishableTranslation):
    fields = ("title", "short_title", "lead")


@register(models.DayEntry)
class DayEntryTranslation(TranslationOptions):
    fields = ("title", "summary", "text")


translator.register([models.InterviewLink, models.FeatureLink], RelatedLinkTranslation)

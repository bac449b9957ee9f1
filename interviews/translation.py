from modeltranslation.translator import TranslationOptions, register

from interviews import models


@register(models.Interview)
class InterviewTranslation(TranslationOptions):
    fields = ("title", "lead", "source_section")


@register(models.Answer)
class AnswerTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.Feature)
class FeatureTranslation(TranslationOptions):
    fields = ("title", "lead", "byline", "source_section")


@register(models.Participant)
class ParticipantTranslation(TranslationOptions):
    fields = ("title",)


@register(models.FeatureSection)
class FeatureSectionTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.Day)
class DayTranslation(TranslationOptions):
    fields = ("title", "short_title", "lead", "source_section")


@register(models.DayEntry)
class DayEntryTranslation(TranslationOptions):
    fields = ("title", "summary", "text")

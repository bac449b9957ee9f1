from modeltranslation.translator import TranslationOptions, register

from careers import models


@register(models.Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("title", "head", "text", "source_section")


@register(models.ExamCategory)
class ExamCategoryTranslation(TranslationOptions):
    fields = ("exam", "title", "text", "source_section")


@register(models.Contact)
class ContactTranslation(TranslationOptions):
    fields = ("title", "about", "address", "source_section")


@register(models.Place)
class PlaceTranslation(TranslationOptions):
    fields = ("title", "country", "city", "text", "source_section")


@register(models.Figure)
class FigureTranslation(TranslationOptions):
    fields = ("title", "value", "as_of", "source_section")


@register(models.Duty)
class DutyTranslation(TranslationOptions):
    fields = ("title", "text", "source_section")


@register(models.Profession)
class ProfessionTranslation(TranslationOptions):
    fields = ("title", "lead", "text", "source_section")


@register(models.Project)
class ProjectTranslation(TranslationOptions):
    fields = ("title", "designer", "text", "source_section")


@register(models.Person)
class PersonTranslation(TranslationOptions):
    fields = ("title", "post", "exam", "text", "source_section")


@register(models.CareerStep)
class CareerStepTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.PathStage)
class PathStageTranslation(TranslationOptions):
    fields = ("title", "period", "text", "source_section")


@register(models.TrainingProgramme)
class TrainingProgrammeTranslation(TranslationOptions):
    fields = ("title", "period", "duration", "venue", "audience", "text", "condition", "source_section")


@register(models.Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("title", "text", "venue", "capacity", "cancellation", "job_location", "source_section")


@register(models.LifeStage)
class LifeStageTranslation(TranslationOptions):
    fields = ("title", "text", "mark_in_source", "source_section")


@register(models.WorkLifeProgramme)
class WorkLifeProgrammeTranslation(TranslationOptions):
    fields = ("title", "short_title", "rule", "text", "source_section")


@register(models.ProgrammeUse)
class ProgrammeUseTranslation(TranslationOptions):
    fields = ("example", "period")

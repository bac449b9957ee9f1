from modeltranslation.translator import TranslationOptions, register, translator

from careers import models
from recruit_site.content.translation import PublishableTranslation, RelatedLinkTranslation


@register(models.Organisation)
class OrganisationTranslation(PublishableTranslation):
    fields = ("title", "head", "text")


@register(models.ExamCategory)
class ExamCategoryTranslation(PublishableTranslation):
    fields = ("exam", "title", "text")


@register(models.Contact)
class ContactTranslation(PublishableTranslation):
    fields = ("title", "about", "address", "official_title")


@register(models.Place)
class PlaceTranslation(PublishableTranslation):
    fields = ("title", "country", "city", "text")


@register(models.Figure)
class FigureTranslation(PublishableTranslation):
    fields = ("title", "value", "as_of")


@register(models.Duty)
class DutyTranslation(PublishableTranslation):
    fields = ("title", "text")


@register(models.Profession)
class ProfessionTranslation(PublishableTranslation):
    fields = ("title", "lead", "text")


@register(models.Project)
class ProjectTranslation(PublishableTranslation):
    fields = ("title", "designer", "text")


@register(models.Person)
class PersonTranslation(PublishableTranslation):
    fields = ("title", "post", "exam", "text")


@register(models.CareerStep)
class CareerStepTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.PathStage)
class PathStageTranslation(PublishableTranslation):
    fields = ("title", "period", "text")


@register(models.TrainingProgramme)
class TrainingProgrammeTranslation(PublishableTranslation):
    fields = ("title", "period", "duration", "venue", "audience", "text", "condition")


@register(models.Notice)
class NoticeTranslation(PublishableTranslation):
    fields = ("title", "text", "venue", "capacity", "cancellation", "job_location")


@register(models.RecruitingStep)
class RecruitingStepTranslation(PublishableTranslation):
    fields = ("title", "text", "official_title")


@register(models.LifeStage)
class LifeStageTranslation(PublishableTranslation):
    fields = ("title", "text", "mark_in_source")


@register(models.WorkLifeProgramme)
class WorkLifeProgrammeTranslation(PublishableTranslation):
    fields = ("title", "short_title", "rule", "text")


@register(models.ProgrammeUse)
class ProgrammeUseTranslation(TranslationOptions):
    fields = ("example", "period")


translator.register([models.TrainingLink, models.ProgrammeLink], RelatedLinkTranslation)

from django.contrib import admin

from careers import models
from recruit_site.editing.admin import ContentAdmin, part_inline


@admin.register(
    models.Contact,
    models.Duty,
    models.ExamCategory,
    models.LifeStage,
    models.Organisation,
    models.PathStage,
    models.Profession,
    models.TrainingProgramme,
)
class PlainContentAdmin(ContentAdmin):
    pass


@admin.register(models.Figure)
class FigureAdmin(ContentAdmin):
    list_filter = ("section", *ContentAdmin.list_filter)


@admin.register(models.Place)
class PlaceAdmin(ContentAdmin):
    list_filter = ("kind", *ContentAdmin.list_filter)


@admin.register(models.Project)
class ProjectAdmin(ContentAdmin):
    list_filter = ("profession", *ContentAdmin.list_filter)


@admin.register(models.Person)
class PersonAdmin(ContentAdmin):
    list_filter = ("duty", "profession", *ContentAdmin.list_filter)
    inlines = (part_inline(models.CareerStep),)


@admin.register(models.WorkLifeProgramme)
class WorkLifeProgrammeAdmin(ContentAdmin):
    inlines = (part_inline(models.ProgrammeUse),)

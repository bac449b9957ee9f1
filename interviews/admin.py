from django.contrib import admin

from interviews import models
from recruit_site.editing.content_admin import ContentAdmin
from recruit_site.editing.part_inline import part_inline


@admin.register(models.Interview)
class InterviewAdmin(ContentAdmin):
    list_filter = ("has_page", *ContentAdmin.list_filter)
    inlines = (part_inline(models.Answer), part_inline(models.InterviewLink))


@admin.register(models.Feature)
class FeatureAdmin(ContentAdmin):
    list_filter = ("kind", *ContentAdmin.list_filter)
    filter_horizontal = ("figures", "places")
    inlines = (part_inline(models.Participant), part_inline(models.FeatureSection), part_inline(models.FeatureLink))


@admin.register(models.Day)
class DayAdmin(ContentAdmin):
    inlines = (part_inline(models.DayEntry),)

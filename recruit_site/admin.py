from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from recruit_site.editing.admin import ContentAdmin, part_inline
from recruit_site.models import Chapter, Passage, Source, Wording

admin.site.site_header = admin.site.site_title = _("Recruitment site: editing")
admin.site.index_title = _("Contents")


@admin.register(Chapter)
class ChapterAdmin(ContentAdmin):
    list_filter = ("section", *ContentAdmin.list_filter)
    inlines = (part_inline(Passage),)


@admin.register(Source)
class SourceAdmin(TranslationAdmin):
    list_display = ("title", "publisher", "issued", "order")


@admin.register(Wording)
class WordingAdmin(TranslationAdmin):
    list_display = ("slug", "text", "purpose")
    ordering = ("order",)

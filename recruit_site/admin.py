from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.editing.admin import ContentAdmin, SluggableAdmin, part_inline
from recruit_site.editing.page import admin_page
from recruit_site.editing.translated import Translation, TranslationFilter, matrix
from recruit_site.editing.workflow import Verb
from recruit_site.models import Chapter, Passage, Source, Subject, Term, Wording

admin.site.site_header = admin.site.site_title = _("Recruitment site: editing")
admin.site.index_title = _("Contents")
admin.site.login_template = "sign_in.html"
admin.site.index_template = "editing/index.html"


def translations_view(request):
    """How much of each kind of content is in English and up to date."""
    counted, admin_of = matrix(), admin.site.get_model_admin
    rows = [
        (
            model._meta.verbose_name_plural,
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            [(state, counted[model._meta.label_lower][state]) for state in Translation.State],
        )
        for model in admin.site._registry
        if model._meta.label_lower in counted and admin_of(model).has_view_or_change_permission(request)
    ]
    title = _("Is the English up to date?")
    return admin_page(request, "editing/translations.html", title, rows=rows, states=Translation.State.choices)


@admin.register(Chapter)
class ChapterAdmin(ContentAdmin):
    list_filter = ("section", *ContentAdmin.list_filter)
    inlines = (part_inline(Passage),)

    def get_readonly_fields(self, request, chapter=None):
        """The chapter that opens a page is the one with the page's own name."""
        fixed = ("slug",) if chapter and chapter.opens_page else ()
        return (*super().get_readonly_fields(request, chapter), *fixed)


@admin.register(Source)
class SourceAdmin(SluggableAdmin):
    list_display = ("title", "publisher", "issued", "order")
    search_fields = ("title_ja", "title_en")


@admin.register(Subject)
class SubjectAdmin(SluggableAdmin):
    list_display = ("title", "slug", "order")


@admin.register(Term)
class TermAdmin(ContentAdmin):
    pass


@admin.register(Wording)
class WordingAdmin(ContentAdmin):
    list_display = ("__str__", "text", "status", "in_english")
    list_filter = (TranslationFilter,)
    search_fields = ("text_ja", "text_en")

    def get_fieldsets(self, request, wording=None):
        """A sentence of the site is there always, and from no document."""
        return ((None, {"fields": (*self.rows(("title", "text", "reviewed_on")), "status")}),)

    def get_readonly_fields(self, request, wording=None):
        return (*super().get_readonly_fields(request, wording), "title_ja", "title_en")

    def verbs(self, request, row, copy):
        return [verb for verb in super().verbs(request, row, copy) if verb != Verb.ARCHIVE]

    def has_add_permission(self, request):
        return False  # a sentence that no template asks for would stand nowhere

    def has_delete_permission(self, request, wording=None):
        return False  # and one that a template asks for must not be missing

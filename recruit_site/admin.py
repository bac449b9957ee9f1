from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.editing.admin import BilingualAdmin, ContentAdmin, SluggableAdmin, part_inline
from recruit_site.editing.page import admin_page
from recruit_site.editing.translated import Translation, matrix
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
class WordingAdmin(BilingualAdmin):
    list_display = ("purpose", "text")
    list_display_links = ("purpose",)
    search_fields = ("text_ja", "text_en")
    ordering = ("order",)
    fields = ("text", "purpose")
    readonly_fields = ("purpose",)

    def has_add_permission(self, request):
        return False  # a sentence that no template asks for would stand nowhere

    def has_delete_permission(self, request, wording=None):
        return False  # and one that a template asks for must not be missing

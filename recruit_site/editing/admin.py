"""The one form of all content in the admin: the texts first, then publishing, then the source."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from recruit_site.localised import has_language
from recruit_site.publishing import Part, parts_of

PUBLISHING = ("state", "publish_from", "publish_until", "slug", "order")
SOURCE = ("source", "source_section", "reviewed_on")


class ContentAdmin(TranslationAdmin):
    """Base of the admin of every Publishable model; its parts follow as inlines."""

    list_display = ("__str__", "is_live", "in_english", "state", "order", "updated_at")
    list_display_links = ("__str__",)
    list_filter = ("state", "source")
    search_fields = ("title_ja", "title_en", "slug")
    ordering = ("order", "slug")
    list_per_page = 50

    def __init__(self, model, admin_site):
        own = [
            field.name
            for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
            if field.editable
            and not field.primary_key
            and not hasattr(field, "translated_field")
            and field.name not in (*PUBLISHING, *SOURCE)
        ]
        self.fieldsets = (
            (None, {"fields": own, "description": _("Write the Japanese first. English may follow later.")}),
            (
                _("Publishing"),
                {
                    "fields": PUBLISHING,
                    "description": _("Readers see this only while its state is “Live” and the times allow it."),
                },
            ),
            (_("Source"), {"fields": SOURCE, "description": _("Every fact comes from a document: name it.")}),
        )
        super().__init__(model, admin_site)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*parts_of(self.model))

    @admin.display(description=_("readers see it"), boolean=True)
    def is_live(self, piece):
        return piece.is_live_now

    @admin.display(description=_("English complete"), boolean=True)
    def in_english(self, piece):
        return has_language(piece, "en")


class PartInline(TranslationStackedInline):
    extra = 0
    ordering = ("order",)


def part_inline(part_model: type[Part]):
    """Return the inline in which a kind of part is edited with its piece."""
    return type(f"{part_model.__name__}Inline", (PartInline,), {"model": part_model})

"""The one form of all content in the admin: the texts first, then publishing, then the source."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from recruit_site.localised import has_language
from recruit_site.publishing import Part, State, parts_of

PUBLISHING = ("state", "publish_from", "publish_until", "slug", "order")
SOURCE = ("source", "source_section", "reviewed_on")
#: Boxes as high as the texts that stand in them, not the admin's ten lines.
SMALLER_TEXTS = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}


class ContentAdmin(TranslationAdmin):
    """Base of the admin of every Publishable model; its parts follow as inlines."""

    list_display = ("__str__", "is_live", "in_english", "state", "order", "updated_at")
    list_display_links = ("__str__",)
    list_filter = ("state", "source")
    search_fields = ("title_ja", "title_en", "slug")
    ordering = ("order", "slug")
    list_per_page = 50
    formfield_overrides = SMALLER_TEXTS

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
        live = self.model.objects.published().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(live=Exists(live)).prefetch_related(*parts_of(self.model))

    def get_readonly_fields(self, request, piece=None):
        """Readers know a piece by its slug, so it stays once the piece has left the draft."""
        fixed = ("slug",) if piece and piece.state != State.DRAFT else ()
        return (*super().get_readonly_fields(request, piece), *fixed)

    @admin.display(description=_("readers see it"), boolean=True)
    def is_live(self, piece):
        return piece.live

    @admin.display(description=_("English complete"), boolean=True)
    def in_english(self, piece):
        return has_language(piece, "en")


class PartInline(TranslationStackedInline):
    extra = 0
    ordering = ("order",)
    formfield_overrides = SMALLER_TEXTS

    def get_fields(self, request, piece=None):
        """The texts first, the anchor and the order last."""
        fields = [field for field in super().get_fields(request, piece) if field not in ("slug", "order")]
        return [*fields, "slug", "order"]


def part_inline(part_model: type[Part]):
    """Return the inline in which a kind of part is edited with its piece."""
    return type(f"{part_model.__name__}Inline", (PartInline,), {"model": part_model})

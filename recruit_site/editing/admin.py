"""The one form of all content in the admin: the texts first, then publishing, then the source."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.utils import build_localized_fieldname

from recruit_site.editing.compare import label_of
from recruit_site.editing.history import HistoryMixin
from recruit_site.editing.preview import PreviewMixin
from recruit_site.localised import has_language, translated_fields
from recruit_site.publishing import Part, State, parts_of

PUBLISHING = ("state", "publish_from", "publish_until", "slug", "order")
SOURCE = ("source", "source_section", "reviewed_on")
#: Boxes as high as the texts that stand in them, not the admin's ten lines.
SMALLER_TEXTS = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}


class ContentForm(forms.ModelForm):
    """Keeps texts as they are: browsers send line ends as CR LF, the site keeps LF."""

    def clean(self):
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in super().clean().items()
        }


class SideBySide:
    """For admins and inlines of translated models: both languages of a field in one row, Japanese first.

    The columns of a field are named by its label and the language's name.
    """

    form = ContentForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(db_field, "translated_field"):
            field.label = label_of(db_field)
            field.widget.attrs["lang"] = db_field.language
        return field

    def rows(self, names):
        """Return field names as rows of a form: the columns of a translated field together."""
        translated = translated_fields(self.model)
        return [
            tuple(build_localized_fieldname(name, code) for code, _name in settings.LANGUAGES)
            if name in translated
            else name
            for name in names
        ]


class BilingualAdmin(SideBySide, HistoryMixin, TranslationAdmin):
    """Base of the admin of every model with texts in both languages."""

    class Media:
        css: ClassVar = {"all": ["editing/editing.css"]}
        js: ClassVar = [forms.Script("editing/editing.js", defer=True)]


class ContentAdmin(PreviewMixin, BilingualAdmin):
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
        self.model = model
        self.fieldsets = (
            (None, {"fields": self.rows(own), "description": _("Write the Japanese first. English may follow later.")}),
            (
                _("Publishing"),
                {
                    "fields": PUBLISHING,
                    "description": _("Readers see this only while its state is “Live” and the times allow it."),
                },
            ),
            (
                _("Source"),
                {"fields": self.rows(SOURCE), "description": _("Every fact comes from a document: name it.")},
            ),
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


class PartInline(SideBySide, TranslationStackedInline):
    extra = 0
    ordering = ("order",)
    formfield_overrides = SMALLER_TEXTS

    def get_fields(self, request, piece=None):
        """The texts first, the anchor and the order last."""
        columns = {name for row in self.rows(translated_fields(self.model)) for name in row}
        named = [field.name for field in self.model._meta.concrete_fields if field.editable and not field.primary_key]
        own = [name for name in named if name not in {*columns, "slug", "order", self.model.parent_field}]
        return [*self.rows(own), ("slug", "order")]


def part_inline(part_model: type[Part]):
    """Return the inline in which a kind of part is edited with its piece."""
    return type(f"{part_model.__name__}Inline", (PartInline,), {"model": part_model})

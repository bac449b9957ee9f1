"""The one form of all content in the admin: the texts first, then publishing, then the source."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.utils import build_localized_fieldname

from recruit_site.consent.models import Mention
from recruit_site.content.diff import label_of
from recruit_site.content.models import Part, Publishable, part_slug, parts_of
from recruit_site.content.slugs import suggest
from recruit_site.content.translated_fields import has_language, translated_fields
from recruit_site.content.visibility import State
from recruit_site.editing.dashboard import TaskFilter
from recruit_site.editing.form_recovery import ResumeMixin
from recruit_site.editing.form_submission import Verb, submission
from recruit_site.editing.history import HistoryMixin, begin_history
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.ordered_changelist import OrderedAdmin
from recruit_site.editing.preview import PreviewMixin
from recruit_site.editing.review import ReviewMixin
from recruit_site.editing.revisions import record
from recruit_site.editing.slug_form import SlugAdmin, SluggableForm
from recruit_site.editing.translation_status import TranslationFilter
from recruit_site.editing.workflow import WorkflowMixin
from recruit_site.editorial_checks import check_results
from recruit_site.media.renditions import thumbnail

PUBLISHING = ("status", "publish_from", "publish_until", "slug", "order")
SOURCE = ("source", "source_section", "reviewed_on")
#: Boxes as high as the texts that stand in them, not the admin's ten lines.
SMALLER_TEXTS = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}

#: Of each kind in one piece; a person of the brochures has 13 at most. A form of thousands would keep the server busy.
MOST_PARTS = 50


class ContentForm(SluggableForm):
    """Keeps texts as they are: browsers send line ends as CR LF, the site keeps LF.

    Texts and choices may be missing until the piece is published; numbers and times have no empty value. The
    admin sets `verb` and, where someone else saved in between, the sentence `conflict`, which stops the form once;
    so do the sentences of the checks in `stopping`, by the name of the field in the form.
    """

    verb = Verb.PUBLISH
    conflict = ""
    stopping: ClassVar = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            may_be_empty = isinstance(field, forms.CharField | forms.TypedChoiceField) or name == "order"
            if self.verb != Verb.PUBLISH and name != "slug" and may_be_empty:
                field.required = False

    def clean_order(self):
        order = self.cleaned_data["order"]
        return self.instance.order if order is None else order

    def clean(self):
        data = super().clean()
        for name in self.fields:
            if sentence := self.stopping.get(self.add_prefix(name)):
                self.add_error(name, sentence)
        if self.conflict:
            raise forms.ValidationError(self.conflict)
        publishing = issubclass(self._meta.model, Publishable) and self.verb == Verb.PUBLISH
        if publishing and self._meta.model.needs_source and "source" in self.fields and not data.get("source"):
            self.add_error("source", _("Name the document that this comes from before publishing it."))
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in data.items()}

    def full_clean(self):
        """Ask of the model what its state after the verb asks for."""
        if not issubclass(self._meta.model, Publishable):
            return super().full_clean()
        state, self.instance.state = self.instance.state, State.LIVE if self.verb == Verb.PUBLISH else State.DRAFT
        super().full_clean()
        self.instance.state = state


class SideBySide:
    """For admins and inlines of translated models: both languages of a field in one row, Japanese first.

    The columns of a field are named by its label and the language's name.
    """

    form = ContentForm
    #: Whether pages render the long texts as Markdown; then the form says beside each how to write it.
    prose = True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(db_field, "translated_field"):
            field.label = label_of(db_field)
            field.widget.attrs["lang"] = db_field.language
            if self.prose and isinstance(db_field, models.TextField):
                context = {"help_text": field.help_text, "language": db_field.language}
                field.help_text = render_to_string("editing/prose_help.html", context)
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


class BilingualAdmin(ResumeMixin, SideBySide, HistoryMixin, TranslationAdmin):
    """Base of the admin of every model with texts in both languages."""

    #: Whether each save is recorded at once. Where a form has verbs, they say what becomes of it.
    records = True

    def save_model(self, request, obj, form, change):
        if self.records:
            begin_history(obj)
        # Where the form has no slug, no page has it in its address. It is not made of the title: that may be a name.
        obj.slug = obj.slug or suggest(type(obj), "")
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if self.records:
            record(form.instance, Revision.Event.SAVED, request.user, submission(request).reason)
            check_results.tell(request, form.instance)

    class Media:
        css: ClassVar = {"all": ["editing/editing.css"]}
        js: ClassVar = [forms.Script("editing/editing.js", defer=True)]


class SluggableAdmin(OrderedAdmin, SlugAdmin, BilingualAdmin):
    """Base of the admin of every model with slug and order."""

    form = ContentForm


class ContentAdmin(WorkflowMixin, PreviewMixin, ReviewMixin, SluggableAdmin):
    """Base of the admin of every Publishable model; its parts follow as inlines."""

    records = False
    list_display = ("__str__", "status", "is_live", "in_english", "order", "updated_at")
    list_display_links = ("__str__",)
    list_filter = ("state", TranslationFilter, check_results.CheckFilter, TaskFilter, "source")
    search_fields = ("title_ja", "title_en", "slug")
    list_per_page = 50
    formfield_overrides = SMALLER_TEXTS

    #: Own fields that stand apart below the others: (heading, description, names of fields).
    groups = ()

    def __init__(self, model, admin_site):
        apart = {name for _heading, _description, names in self.groups for name in names}
        own = [
            field.name
            for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
            if field.editable
            and not field.primary_key
            and not hasattr(field, "translated_field")
            and field.name not in ("state", *PUBLISHING, *SOURCE, *apart)  # the buttons set the state
        ]
        self.model = model
        self.fieldsets = (
            (
                None,
                {
                    "fields": beside(self.rows(own), "picture", "picture_chosen"),
                    "description": _("Write the Japanese first. English may follow later."),
                },
            ),
            *(
                (heading, {"fields": self.rows(names), "description": description})
                for heading, description, names in self.groups
            ),
            (
                _("Publishing"),
                {
                    "fields": [name for name in PUBLISHING if name != "order" or model.ordered_by_hand],
                    "description": _("Readers see this only while its state is “Live” and the times allow it."),
                },
            ),
            (
                _("Source"),
                {
                    "fields": self.rows(SOURCE),
                    "description": _("Every fact comes from a document: name it.") if model.needs_source else "",
                },
            ),
        )
        if "picture" in own:
            self.readonly_fields = (*self.readonly_fields, "picture_chosen")
        super().__init__(model, admin_site)

    @admin.display(description=_("chosen now"))
    def picture_chosen(self, piece):
        return thumbnail(piece.picture) if piece.picture else "–"

    def get_queryset(self, request):
        live = self.model.objects.published().filter(pk=OuterRef("pk"))
        copies = WorkingCopy.objects.filter(model=self.opts.label_lower, slug=OuterRef("slug"))
        rows = (
            super()
            .get_queryset(request)
            .annotate(
                live=Exists(live),
                has_copy=Exists(copies),
                in_review=Exists(copies.filter(in_review=True)),
            )
        )
        return rows.prefetch_related(*parts_of(self.model))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {
            "mentions": Mention.objects.of(obj).select_related("consent") if obj else (),
            "named": obj if obj and self.names_someone(obj) else None,
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def names_someone(self, piece):
        """Whether a piece is the profile of someone who is shown by name: the form then tells of the consent."""
        return False

    def get_readonly_fields(self, request, piece=None):
        fixed = ["status", *(untranslated(self.model) if self.only_translates(request) else ())]
        return (*super().get_readonly_fields(request, piece), *fixed)

    @admin.display(description=_("state"), ordering="state")
    def status(self, piece):
        """The state in words, with what is under way beside it."""
        if piece.pk is None:
            return State.DRAFT.label
        words = [piece.get_state_display()]
        if piece.is_scheduled:
            words.append(_("scheduled"))
        if piece.is_expired:
            words.append(_("expired"))
        if piece.is_withheld:
            words.append(_("withheld: no consent"))
        if getattr(piece, "has_copy", False):
            words.append(_("working copy in review") if piece.in_review else _("working copy"))
        return " · ".join(map(str, words))

    @admin.display(description=_("readers see it"), boolean=True)
    def is_live(self, piece):
        return piece.live

    @admin.display(description=_("English complete"), boolean=True)
    def in_english(self, piece):
        parts = [part for name in parts_of(self.model) for part in getattr(piece, name).all()]
        return all(has_language(row, "en") for row in (piece, *parts))


def beside(rows, name, other):
    """Return the rows of a form with another field beside the named one, where there is such."""
    return [(name, other) if row == name else row for row in rows]


class PartInline(SideBySide, TranslationStackedInline):
    extra = 0
    max_num = MOST_PARTS
    ordering = ("order", "pk")
    formfield_overrides = SMALLER_TEXTS

    def get_fields(self, request, piece=None):
        """The texts first, the anchor and the order last."""
        columns = {name for row in self.rows(translated_fields(self.model)) for name in row}
        named = [field.name for field in self.model._meta.concrete_fields if field.editable and not field.primary_key]
        own = [name for name in named if name not in {*columns, "slug", "order", self.model.parent_field}]
        return [*self.rows(own), "order", "slug"]

    def get_fieldsets(self, request, piece=None):
        return [(None, {"fields": self.get_fields(request, piece)})]  # modeltranslation would undo the rows

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":  # it ties a submitted part to its row, so it stays as it was made
            field.widget, field.required, field.initial = forms.HiddenInput(), False, ""
            field.has_changed = lambda initial, data: False  # a slug alone makes no part
        return field

    def get_formset(self, request, obj=None, **kwargs):
        own = {"verb": submission(request).verb, "stopping": submission(request).stopping}
        form = type("PartForm", (PartForm,), own)
        return super().get_formset(request, obj, form=form, absolute_max=MOST_PARTS, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        if self.owner.only_translates(request):
            return (*super().get_readonly_fields(request, obj), *untranslated(self.model, {"slug"}))
        return super().get_readonly_fields(request, obj)

    @property
    def owner(self):
        """The admin of the piece: what a user may do to it, they may do to its parts."""
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None):
        return self.owner.has_view_or_change_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.owner.has_change_permission(request)

    def has_add_permission(self, request, obj):
        return not self.owner.only_translates(request)

    def has_delete_permission(self, request, obj=None):
        return not self.owner.only_translates(request)


class PartForm(ContentForm):
    def clean_slug(self):
        return self.cleaned_data["slug"] or part_slug()


def untranslated(model, but=frozenset()):
    """Return the names of the fields of a form that a translator reads and does not write."""
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return [
        field.name
        for field in fields
        if field.editable
        and not field.primary_key
        and getattr(field, "language", settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE
        and field.name not in (*translated_fields(model), *but)
        and field.name != getattr(model, "parent_field", None)
    ]


def part_inline(part_model: type[Part]):
    """Return the inline in which a kind of part is edited with its piece."""
    return type(f"{part_model.__name__}Inline", (PartInline,), {"model": part_model})

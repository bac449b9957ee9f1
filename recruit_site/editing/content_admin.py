"""The admin form that all content shares: the texts first, then publishing, then the source."""

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
from recruit_site.editing.revisions import record_revision
from recruit_site.editing.slug_form import SlugAdmin, SluggableForm
from recruit_site.editing.translation_status import TranslationFilter
from recruit_site.editing.workflow import WorkflowMixin
from recruit_site.editorial_checks import check_results
from recruit_site.media.renditions import thumbnail

PUBLISHING = ("status", "publish_from", "publish_until", "slug", "order")
SOURCE = ("source", "source_section", "reviewed_on")
#: Textareas as high as most texts; the admin's default is ten lines.
SMALLER_TEXTS = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}

#: The most parts of one kind in a piece. A person of the brochures has 13 at most; thousands keep the server busy.
MOST_PARTS = 50


class ContentForm(SluggableForm):
    """The form of a piece. It changes the line ends that browsers send, CR LF, to LF.

    Texts and choices may be empty until the piece is published; numbers and times have no empty value. The admin sets
    `verb`. It also sets two kinds of messages that make the form invalid once: `conflict`, if someone else saved in
    between, and `field_errors`, the messages of the checks by the name of the field in the form.
    """

    verb = Verb.PUBLISH
    conflict = ""
    field_errors: ClassVar = {}

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
            if sentence := self.field_errors.get(self.add_prefix(name)):
                self.add_error(name, sentence)
        if self.conflict:
            raise forms.ValidationError(self.conflict)
        publishing = issubclass(self._meta.model, Publishable) and self.verb == Verb.PUBLISH
        if publishing and self._meta.model.needs_source and "source" in self.fields and not data.get("source"):
            self.add_error("source", _("Name the document that this comes from before publishing it."))
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in data.items()}

    def full_clean(self):
        """Validate the instance in the state that it has after the verb: live if published, else a draft."""
        if not issubclass(self._meta.model, Publishable):
            return super().full_clean()
        state, self.instance.state = self.instance.state, State.LIVE if self.verb == Verb.PUBLISH else State.DRAFT
        super().full_clean()
        self.instance.state = state


class BilingualFieldsMixin:
    """The mixin for admins and inlines of translated models: both languages of a field in one row, Japanese first.

    The label of each column is the field's label and the language's name.
    """

    form = ContentForm
    #: Whether pages render the long texts as Markdown. If so, the form shows help on Markdown beside each.
    prose = True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(db_field, "translated_field"):
            field.label = label_of(db_field)
            field.widget.attrs["lang"] = db_field.language
            if self.prose and isinstance(db_field, models.TextField):
                context = {"help_text": field.help_text, "language": db_field.language}
                field.help_text = render_to_string("editing/markdown_help.html", context)
        return field

    def rows(self, names):
        """Return field names as rows of a fieldset, the language columns of a translated field in one row."""
        translated = translated_fields(self.model)
        return [
            tuple(build_localized_fieldname(name, code) for code, _name in settings.LANGUAGES)
            if name in translated
            else name
            for name in names
        ]


class BilingualAdmin(ResumeMixin, BilingualFieldsMixin, HistoryMixin, TranslationAdmin):
    """The base admin of every model with texts in both languages."""

    #: Whether each save makes a revision at once. In a form with verbs, the verb decides.
    records = True

    def save_model(self, request, obj, form, change):
        if self.records:
            begin_history(obj)
        # If the form has no slug, no URL contains it. It is random, as the title may be the name of a person.
        obj.slug = obj.slug or suggest(type(obj), "")
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if self.records:
            record_revision(form.instance, Revision.Event.SAVED, request.user, submission(request).reason)
            check_results.warn_editor(request, form.instance)

    class Media:
        css: ClassVar = {"all": ["editing/editing.css"]}
        js: ClassVar = [forms.Script("editing/editing.js", defer=True)]


class SluggableAdmin(OrderedAdmin, SlugAdmin, BilingualAdmin):
    """The base admin of every model with slug and order."""

    form = ContentForm


class ContentAdmin(WorkflowMixin, PreviewMixin, ReviewMixin, SluggableAdmin):
    """The base admin of every Publishable model. Its parts are inlines."""

    records = False
    list_display = ("__str__", "status", "is_live", "in_english", "order", "updated_at")
    list_display_links = ("__str__",)
    list_filter = ("state", TranslationFilter, check_results.CheckFilter, TaskFilter, "source")
    search_fields = ("title_ja", "title_en", "slug")
    list_per_page = 50
    formfield_overrides = SMALLER_TEXTS

    #: Fieldsets of the model's own fields below the others: (heading, description, names of fields).
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
                    "fields": add_field_to_row(self.rows(own), "picture", "picture_chosen"),
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
        """Return whether a piece is the profile of a person shown by name. Its form then notes the consent."""
        return False

    def get_readonly_fields(self, request, piece=None):
        fixed = ["status", *(fields_not_translated(self.model) if self.only_translates(request) else ())]
        return (*super().get_readonly_fields(request, piece), *fixed)

    @admin.display(description=_("state"), ordering="state")
    def status(self, piece):
        """Return the state in words, with schedule, missing consent and working copy."""
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


def add_field_to_row(rows, name, other):
    """Return rows of a fieldset, the row `name` with the field `other` beside it, if there is such a row."""
    return [(name, other) if row == name else row for row in rows]


class PartInline(BilingualFieldsMixin, TranslationStackedInline):
    extra = 0
    max_num = MOST_PARTS
    ordering = ("order", "pk")
    formfield_overrides = SMALLER_TEXTS

    def get_fields(self, request, piece=None):
        """Return the texts first, the order and the slug last."""
        columns = {name for row in self.rows(translated_fields(self.model)) for name in row}
        named = [field.name for field in self.model._meta.concrete_fields if field.editable and not field.primary_key]
        own = [name for name in named if name not in {*columns, "slug", "order", self.model.parent_field}]
        return [*self.rows(own), "order", "slug"]

    def get_fieldsets(self, request, piece=None):
        return [(None, {"fields": self.get_fields(request, piece)})]  # modeltranslation would undo the rows

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":  # the slug identifies the row of a submitted part, so it never changes
            field.widget, field.required, field.initial = forms.HiddenInput(), False, ""
            field.has_changed = lambda initial, data: False  # a form with a slug only is no new part
        return field

    def get_formset(self, request, obj=None, **kwargs):
        own = {"verb": submission(request).verb, "field_errors": submission(request).field_errors}
        form = type("PartForm", (PartForm,), own)
        return super().get_formset(request, obj, form=form, absolute_max=MOST_PARTS, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        if self.owner.only_translates(request):
            return (*super().get_readonly_fields(request, obj), *fields_not_translated(self.model, {"slug"}))
        return super().get_readonly_fields(request, obj)

    @property
    def owner(self):
        """The admin of the piece: its permissions count for the parts too."""
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


def fields_not_translated(model, but=frozenset()):
    """Return the names of the form fields that a translator can read but not change."""
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
    """Return the inline admin of a part model, for the form of its piece."""
    return type(f"{part_model.__name__}Inline", (PartInline,), {"model": part_model})

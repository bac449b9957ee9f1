"""The admin form that all content shares: the texts first, then publishing, then the source."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from recruit_site.consent.models import Mention
from recruit_site.content.models import parts_of
from recruit_site.content.slugs import suggest
from recruit_site.content.translated_fields import has_language
from recruit_site.content.visibility import State
from recruit_site.editing.content_form import (
    SMALLER_TEXTS,
    BilingualFieldsMixin,
    ContentForm,
    fields_not_translated,
)
from recruit_site.editing.dashboard import TaskFilter
from recruit_site.editing.form_recovery import ResumeMixin
from recruit_site.editing.form_submission import submission
from recruit_site.editing.history import HistoryMixin, begin_history
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.ordered_changelist import OrderedAdmin
from recruit_site.editing.preview import PreviewMixin
from recruit_site.editing.review import ReviewMixin
from recruit_site.editing.revisions import record_revision
from recruit_site.editing.slug_form import SlugAdmin
from recruit_site.editing.translation_status import TranslationFilter
from recruit_site.editing.workflow import WorkflowMixin
from recruit_site.editorial_checks import check_results
from recruit_site.media.renditions import thumbnail

PUBLISHING = ("status", "publish_from", "publish_until", "slug", "order")
SOURCE = ("source", "source_section", "scope", "reviewed_on")
NOTE = ("note", "note_source", "note_url", "note_on")


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
    list_per_page = 100
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
            and field.name not in ("state", *PUBLISHING, *SOURCE, *NOTE, *apart)  # the buttons set the state
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
            (
                _("Note on what has changed since"),
                {
                    "fields": self.rows(NOTE),
                    "description": _(
                        "The text stays that of its document. If something is different today, say so here: readers "
                        "see the note with its day and its source beside the text."
                    ),
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

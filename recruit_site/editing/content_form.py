"""The form of a piece of content and of its parts, both languages of a text side by side."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.diff import label_of
from recruit_site.content.models import Publishable, part_slug
from recruit_site.content.translated_fields import translated_fields
from recruit_site.content.visibility import State
from recruit_site.editing.form_submission import Verb
from recruit_site.editing.slug_form import SluggableForm

#: Textareas as high as most texts; the admin's default is ten lines.
SMALLER_TEXTS = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}


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
        lacks_source = publishing and "source" in self.fields and not data.get("source")
        if lacks_source and self._meta.model.must_name_source(data):
            self.add_error("source", _("Name the document that this comes from before publishing it."))
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in data.items()}

    def full_clean(self):
        """Validate the instance in the state that it has after the verb: live if published, else a draft."""
        if not issubclass(self._meta.model, Publishable):
            return super().full_clean()
        state, self.instance.state = self.instance.state, State.LIVE if self.verb == Verb.PUBLISH else State.DRAFT
        super().full_clean()
        self.instance.state = state


class PartForm(ContentForm):
    def clean_slug(self):
        return self.cleaned_data["slug"] or part_slug()


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

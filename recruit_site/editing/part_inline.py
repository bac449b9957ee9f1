"""The inlines in which the parts of a piece are edited."""

from django import forms
from modeltranslation.admin import TranslationStackedInline

from recruit_site.content.models import Part
from recruit_site.content.translated_fields import translated_fields
from recruit_site.editing.content_form import SMALLER_TEXTS, BilingualFieldsMixin, PartForm, fields_not_translated
from recruit_site.editing.form_submission import submission

#: The most parts of one kind in a piece. A person of the brochures has 13 at most; thousands keep the server busy.
MOST_PARTS = 50


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


def part_inline(part_model: type[Part]):
    """Return the inline admin of a part model, for the form of its piece."""
    return type(f"{part_model.__name__}Inline", (PartInline,), {"model": part_model})

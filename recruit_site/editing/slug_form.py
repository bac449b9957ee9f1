"""The slug in the admin form: optional for a new row, changeable for a stored one."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from recruit_site.content.slugs import suggest

SLUG_OF_A_NEW_ROW = _(
    "Short name in the page's address: small letters, digits and hyphens. "
    "Left empty, it is made from the English title, or at random where there is none."
)
SLUG_OF_A_PAGE = _(
    "Short name in the page's address: small letters, digits and hyphens. "
    "You may change it: the old address will lead to the new one."
)
SLUG_OF_AN_ENTRY = _(
    "Short name in the page's address: small letters, digits and hyphens. "
    "You may change it, but links straight to this entry will then lead to the top of its page."
)


def _what_becomes_of_the_address(row):
    """Return the help text that says what happens to the old address of a row.

    A server never receives the fragment after the # of a URL, so it can redirect only rows with a page of their own.
    """
    address = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    return SLUG_OF_A_PAGE if address.endswith(f"/{row.slug}/") else SLUG_OF_AN_ENTRY


class SluggableForm(forms.ModelForm):
    def clean(self):
        data = super().clean()
        if self.instance._state.adding and "slug" not in self.errors and not data.get("slug"):
            data["slug"] = suggest(self._meta.model, data.get("title_en") or "")
        return data


class SlugAdmin(admin.ModelAdmin):
    """The base admin of models with a slug."""

    form = SluggableForm

    def get_form(self, request, row=None, change=False, **kwargs):
        form = super().get_form(request, row, change=change, **kwargs)
        if slug := form.base_fields.get("slug"):
            slug.required = change
            slug.help_text = _what_becomes_of_the_address(row) if change else SLUG_OF_A_NEW_ROW
        return form

"""The admin form of a picture: the file, its focus (by click or by numbers), its texts, and where it is used."""

import logging

from django.contrib import admin
from django.forms import Script
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from recruit_site.editing.content_admin import BilingualAdmin
from recruit_site.editing.content_form import ContentForm
from recruit_site.editing.picture_uses import uses
from recruit_site.media.renditions import SHAPES, thumbnail
from recruit_site.media.upload import MOST_BYTES, MOST_PIXELS, UploadField
from recruit_site.web import error_pages
from recruit_site.web.admin_page import form_address

logger = logging.getLogger(__name__)
NOT_STORED = _(
    "The picture could not be stored: the server has no room left, or its disk cannot be written to. Tell whoever "
    "keeps the server. Then choose the file again; everything else is still in this form."
)


class PictureForm(ContentForm):
    file = UploadField(
        label=_("file"),
        help_text=format_lazy(
            _(
                "A photograph as JPEG (up to {jpeg} million pixels and {megabytes} MB); PNG, WebP, AVIF and still GIF "
                "too. The place and the camera that it names are removed. A new file takes the place of the old one "
                "on every page."
            ),
            jpeg=MOST_PIXELS["JPEG"],
            megabytes=MOST_BYTES // 1_000_000,
        ),
    )


class PictureAdmin(BilingualAdmin):
    form = PictureForm
    list_display = ("name", "small", "alt", "decorative")
    list_filter = ("decorative",)
    search_fields = ("name", "alt_ja", "alt_en", "credit_ja", "credit_en")
    ordering = ("-pk",)
    readonly_fields = ("look", "used_in")

    class Media:
        css = {"all": ["editing/picture.css"]}
        js = [Script("editing/picture.js", defer=True)]

    def changeform_view(self, request, *args, **kwargs):
        """Show the form again, with an error at the file, if the file cannot be stored."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            if not request.FILES or not error_pages.cannot_store(error):
                raise
            logger.exception("a picture could not be stored")
            request.not_stored = True
            for file in request.FILES.values():
                file.seek(0)
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.field_errors = {"file": NOT_STORED} if hasattr(request, "not_stored") else {}
        return form  # Django makes a new form class for each request

    def get_fieldsets(self, request, picture=None):
        preview_fields = ["look"] if picture else []
        alt, *others = self.rows(("alt", "caption", "credit"))
        fieldsets = [
            (None, {"fields": ["name", "file", *preview_fields, ("focus_x", "focus_y")]}),
            (_("Words"), {"fields": [alt, "decorative", *others]}),
            (_("Consent"), {"fields": ["shows"]}),
        ]
        return [*fieldsets, (_("Used in"), {"fields": ["used_in"]})] if picture else fieldsets

    @admin.display(description=_("picture"))
    def small(self, picture):
        return thumbnail(picture)

    @admin.display(description=_("as pages show it"))
    def look(self, picture):
        """Return HTML with the whole picture, on which a click sets the focus, and the crops that pages show."""
        crops = [(shape, getattr(picture, shape)) for shape, (proportions, _widest) in SHAPES.items() if proportions]
        context = {"picture": picture, "whole": picture.whole, "crops": crops, "bytes": picture.file.size}
        return render_to_string("editing/picture.html", context)

    @admin.display(description=_("pieces"))
    def used_in(self, picture):
        return render_to_string("editing/picture_uses.html", {"uses": uses(picture)})

    def response_post_save_add(self, request, obj):
        """Redirect to the form of the new picture, where its focus can be set."""
        return HttpResponseRedirect(form_address(obj))

"""Previews of a piece in the public pages before readers see it. All changes that a preview makes are rolled back."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from recruit_site.content.visibility import make_visible_now
from recruit_site.editing.models import WorkingCopy
from recruit_site.editing.revisions import apply_working_copy, reason_not_applicable
from recruit_site.web.admin_page import admin_page
from recruit_site.web.base_views import response_at

SALT = "preview"
#: How long a link to a saved draft works.
LASTS = timedelta(days=7)


class PreviewMixin:
    """The mixin for the admin of pieces with a page: previews of the unsaved form, and a link for colleagues."""

    def preview_response(self, request, row):
        title = _("Preview: %s") % row
        return admin_page(request, "editing/preview.html", title, opts=self.opts, pages=pages(row))

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_share"
        share = self.admin_site.admin_view(self.share_view)
        return [path("<path:object_id>/share/", share, name=name), *super().get_urls()]

    def share_view(self, request, object_id):
        """Show the links with which a colleague without an account can see the saved piece."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_or_change_permission(request, row):
            raise Http404(object_id)
        token = signing.dumps([self.opts.label_lower, row.slug], salt=SALT)
        links = [
            (code, request.build_absolute_uri(reverse("preview", args=(token, code))))
            for code, _name in settings.LANGUAGES
        ]
        title = _("Show to a colleague: %s") % row
        return admin_page(
            request, "editing/share.html", title, opts=self.opts, object=row, links=links, days=LASTS.days
        )


def pages(row):
    """Return [(language, HTML), …] of the page that shows a row, as if the row were live.

    Call it in a transaction that is rolled back.
    """
    make_visible_now(row)
    return [(code, page(row, code)) for code, _name in settings.LANGUAGES]


def page(row, language, banner=None):
    """Return the HTML of the page that shows a row, as a reader without an account gets it.

    Raises Http404 if there is no such page.
    """
    with translation.override(language):
        response = response_at(row.get_absolute_url().partition("#")[0], language, banner)
        return response.render().content.decode() if hasattr(response, "render") else response.content.decode()


@never_cache
def shared_preview(request, token, language):
    """Show the page of a saved draft to anyone with its signed link, which is valid for seven days."""
    try:
        label, slug = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise Http404("this preview link was altered or has expired") from error
    if language not in dict(settings.LANGUAGES):
        raise Http404(f"no language {language}")
    with transaction.atomic():
        row = apps.get_model(label)._default_manager.filter(slug=slug).first()
        if row is None:
            raise Http404("this piece is no longer there")
        copy = WorkingCopy.objects.of(row).first()
        if copy and not reason_not_applicable(row, copy):
            row = apply_working_copy(row, copy)
        make_visible_now(row)
        html = page(row, language, banner={"token": token})
        transaction.set_rollback(True)
    response = HttpResponse(html)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"  # the URL contains the token
    return response

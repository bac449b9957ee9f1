"""The guide for recruiting staff, docs/editing.md, inside the admin."""

from django.conf import settings
from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

GUIDE = settings.BASE_DIR / "docs" / "editing.md"


def guide_view(request):
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(GUIDE.read_text(encoding="utf-8"))
    context = {**admin.site.each_context(request), "title": _("How to edit"), "guide": mark_safe(html)}  # noqa: S308
    return TemplateResponse(request, "editing/guide.html", context)

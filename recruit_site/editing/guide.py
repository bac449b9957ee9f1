"""The guide for recruiting staff, docs/editing.md, inside the admin."""

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from recruit_site.editing.page import admin_page

GUIDE = settings.BASE_DIR / "docs" / "editing.md"


def guide_view(request):
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(GUIDE.read_text(encoding="utf-8"))
    return admin_page(request, "editing/guide.html", _("How to edit"), guide=mark_safe(html))  # noqa: S308

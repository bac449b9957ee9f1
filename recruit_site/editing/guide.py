"""The admin page that shows docs/editing.md, the guide for recruiting staff."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from recruit_site.web.admin_page import admin_page

GUIDE = settings.BASE_DIR / "docs" / "editing.md"


#: The prefix of picture paths in docs/editing.md. It lets other Markdown viewers show the pictures too.
STATIC = "../static/"


def guide_view(request):
    return admin_page(request, "editing/guide.html", _("How to edit"), guide=mark_safe(guide()))  # noqa: S308


def guide():
    """Return the guide as HTML, with the static URLs of its pictures."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(GUIDE.read_text(encoding="utf-8"))
    for inline in tokens:
        for token in inline.children or ():
            if token.type == "image":
                token.attrs["src"] = static(token.attrs["src"].removeprefix(STATIC))
    return markdown.renderer.render(tokens, markdown.options, {})

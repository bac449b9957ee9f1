"""The small Markdown that staff write: as HTML, and as bare words."""

from functools import lru_cache

from django.utils.text import Truncator
from markdown_it import MarkdownIt

from recruit_site.text.links import may_be_linked

markdown = MarkdownIt("zero", {"html": False, "typographer": False}).enable(
    ["list", "emphasis", "link", "blockquote", "escape", "entity", "newline"]
)

markdown.validateLink = may_be_linked  # what may not be linked stays as it was written


@lru_cache(maxsize=4096)
def rendered(text):
    return markdown.render(text)


def plain_text(text, between="\n"):
    """Return the words of a text without its marks, paragraph by paragraph."""
    paragraphs = [
        "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children)
        for token in markdown.parse(text)
        if token.children
    ]
    return between.join(paragraphs)


def summary(text):
    """Return a text as one line of at most 120 characters."""
    return Truncator(plain_text(text, between=" ")).chars(120)

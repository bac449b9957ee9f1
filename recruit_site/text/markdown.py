"""The small Markdown that staff write, rendered as HTML or as plain text."""

from functools import lru_cache

from django.utils.text import Truncator
from markdown_it import MarkdownIt

from recruit_site.text.links import may_be_linked

markdown = MarkdownIt("zero", {"html": False, "typographer": False}).enable(
    ["list", "emphasis", "link", "blockquote", "escape", "entity", "newline"]
)

markdown.validateLink = may_be_linked  # a refused link appears as the text that staff typed


@lru_cache(maxsize=4096)
def rendered(text):
    return markdown.render(text)


def plain_text(text, between="\n"):
    """Return a text without its Markdown, its paragraphs joined by `between`."""
    paragraphs = [
        "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children)
        for token in markdown.parse(text)
        if token.children
    ]
    return between.join(paragraphs)


def summary(text):
    """Return a text without its Markdown, as one line of at most 120 characters."""
    return Truncator(plain_text(text, between=" ")).chars(120)

"""Texts of the site in a form for other programs."""

import re

from recruit_site.content.site_text_lookup import site_text
from recruit_site.text.markdown import markdown

#: The characters that XML 1.0 forbids or discourages, even escaped (2.2 Characters). No other format needs them.
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]")


def printable(text):
    return UNPRINTABLE.sub("", text)


def site_name(request):
    """Return the name of the site in the active language."""
    return printable(site_text(request, "site-name").text)


def plain_text(text):
    """Return Markdown as plain text: blocks between empty lines, "- " before list items, link addresses in brackets."""
    blocks, item = [], ""
    for token in markdown.parse(text):
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        if token.type == "list_item_open":
            item = f"{token.info}. " if token.info else "- "
        elif token.type == "inline":
            blocks[-1].append(item + "".join(_inline(token.children)))
            item = ""
    return printable("\n\n".join("\n".join(lines) for lines in blocks))


def _inline(tokens):
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = token.attrs["href"]
        elif token.type == "link_close":
            yield f" ({address})"
        else:
            yield "\n" if token.type in ("softbreak", "hardbreak") else token.content

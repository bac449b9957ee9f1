"""Marks the first use of each glossary term in a page and links it to its explanation."""

import re
from html import escape, unescape

from django.utils.translation import get_language, override

from recruit_site.delivery.kept import kept
from recruit_site.models import Term
from recruit_site.spellings import folded, forms, pattern_of

#: Elements whose words stay as they are: headings and links have a meaning of their own, and a definition or
#: an abbreviation is marked already.
LEFT_ALONE = {
    "a", "abbr", "address", "button", "caption", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "label",
    "nav", "option", "script", "select", "style", "summary", "svg", "th", "title",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")


@kept
def explained(language):
    """Return a pattern that finds the live terms in a language, None where there is none, and what marks each form.

    That is (address of the explanation, HTML before the form, HTML after it), by the folded form.
    """
    marks = {}
    with override(language):
        for term in Term.objects.published():
            address = term.get_absolute_url()
            tag = f'abbr title="{escape(term.stands_for)}"' if term.stands_for else "dfn"
            mark = address, f'<a class="term" href="{address}"><{tag}>', f"</{tag.partition(' ')[0]}></a>"
            for form in forms(term):
                marks.setdefault(folded(form), mark)
    return pattern_of(marks), marks


def mark_terms(html):
    """Return the HTML with the first use of each live term in running text marked as <dfn> or <abbr>.

    Text in another language than the page's, headings, links, tables' heads and whatever stands in an
    element with data-terms="explained" (the glossary itself) or aria-hidden (a drawing) are left alone.
    """
    pattern, marks = explained(get_language())
    if pattern is None:
        return html

    marked, shut, out = set(), [], []

    def mark(match):
        address, before, after = marks[folded(unescape(match[0]))]
        if address in marked:
            return match[0]
        marked.add(address)
        return f"{before}{match[0]}{after}"

    for piece in TAG.split(html):
        if piece.startswith("<"):
            name = TAG_NAME.match(piece)
            if name:
                follow(shut, name[1].lower(), piece)
            out.append(piece)
        else:
            out.append(piece if shut else pattern.sub(mark, piece))
    return "".join(out)


def follow(shut, name, tag):
    """Keep `shut`, the open elements in which nothing is marked, up to date at a tag."""
    if tag.startswith("</"):
        if shut and shut[-1] == name:
            shut.pop()
    elif name not in VOID and not tag.endswith("/>"):
        explained = 'data-terms="explained"' in tag or 'aria-hidden="true"' in tag
        foreign = re.search(r'\blang="([\w-]+)"', tag)
        closes_to_marks = name in LEFT_ALONE or explained or (foreign and foreign[1] != get_language())
        if shut[-1] == name if shut else closes_to_marks:  # inside, only the same name nests
            shut.append(name)

"""Marks the first use of each glossary term in a page and links it to its explanation."""

import re
from functools import lru_cache
from html import escape, unescape

from django.utils.translation import get_language, override

from recruit_site.content.models import Term
from recruit_site.content.translated_fields import forms
from recruit_site.text.term_matching import folded, pattern_of

#: Elements whose words stay as they are: headings and links have a meaning of their own, and a definition or
#: an abbreviation is marked already.
LEFT_ALONE = {
    "a", "abbr", "address", "button", "caption", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "label",
    "nav", "option", "script", "select", "style", "summary", "svg", "th", "title",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>|<[^>]*>")
FOREIGN = re.compile(r'\blang="([\w-]+)"')


#: The fields of a term that its marks are made of.
FIELDS = ("slug", *(f"{name}_{code}" for name in ("title", "stands_for", "other_forms") for code in ("ja", "en")))


def explained(language):
    """Return a pattern that finds the live terms in a language, None where there is none, and what marks each form.

    That is (address of the explanation, HTML before the form, HTML after it), by the folded form.
    """
    return marks_of(tuple(Term.objects.published().values_list(*FIELDS)), language)


@lru_cache(maxsize=8)
def marks_of(rows, language):
    """Return what explained() does, of the values of FIELDS of each live term."""
    marks = {}
    with override(language):
        for row in rows:
            term = Term(**dict(zip(FIELDS, row, strict=True)))
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

    marked, shut, out, copied, end = set(), [], [], 0, 0

    def mark(match):
        address, before, after = marks[folded(unescape(match[0]))]
        if address in marked:
            return match[0]
        marked.add(address)
        return f"{before}{match[0]}{after}"

    for tag in TAG.finditer(html):
        text = "" if shut else html[end : tag.start()]
        if text and (new := pattern.sub(mark, text)) is not text:
            out += html[copied:end], new
            copied = tag.start()
        end = tag.end()
        if tag[2] and (not shut or shut[-1] == tag[2].lower()):  # inside, only the same name nests
            follow(shut, tag)
    return "".join([*out, html[copied:end], html[end:] if shut else pattern.sub(mark, html[end:])])


def follow(shut, tag):
    """Keep `shut`, the open elements in which nothing is marked, up to date at a tag that may change it."""
    name = tag[2].lower()
    if tag[1]:
        if shut:
            shut.pop()
    elif name not in VOID and not tag[0].endswith("/>"):
        explained = 'data-terms="explained"' in tag[0] or 'aria-hidden="true"' in tag[0]
        foreign = FOREIGN.search(tag[0])
        if shut or name in LEFT_ALONE or explained or (foreign and foreign[1] != get_language()):
            shut.append(name)

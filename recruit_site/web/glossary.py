"""Marking of the first use of each glossary term on a page, with a link to its explanation."""

import re
from functools import lru_cache
from html import escape, unescape

from django.utils.translation import get_language, override

from recruit_site.content.models import Term
from recruit_site.content.translated_fields import title_and_other_forms
from recruit_site.text.term_matching import pattern_of, spelling_key

#: Elements in which no term is marked: headings, links and titles of documents have a meaning of their own;
#: definitions and abbreviations are marked already.
LEFT_ALONE = {
    "a", "abbr", "address", "button", "caption", "cite", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
    "label", "nav", "option", "script", "select", "style", "summary", "svg", "th", "title",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: A whole element in which no term is marked and which holds none of its own name, or a tag.
TAG = re.compile(
    rf"<({'|'.join(sorted(LEFT_ALONE - {'svg'}))})\b[^>]*>.*?</\1>|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)[^>]*>|<[^>]*>",
    re.DOTALL,
)
FOREIGN = re.compile(r'\blang="([\w-]+)"')


#: The fields of a term that its marks depend on.
FIELDS = ("slug", *(f"{name}_{code}" for name in ("title", "stands_for", "other_forms") for code in ("ja", "en")))


def pattern_and_marks(language):
    """Return (pattern, marks) for the live terms in a language; the pattern is None where there is no live term.

    The pattern finds the forms of the terms. The marks map each folded form to (address of the explanation, HTML before
    the form, HTML after it).
    """
    return marks_of(tuple(Term.objects.published().values_list(*FIELDS)), language)


@lru_cache(maxsize=8)
def marks_of(rows, language):
    """Return the result of pattern_and_marks() from `rows`: the values of FIELDS for each live term."""
    marks = {}
    with override(language):
        for row in rows:
            term = Term(**dict(zip(FIELDS, row, strict=True)))
            address = term.get_absolute_url()
            tag = f'abbr title="{escape(term.stands_for)}"' if term.stands_for else "dfn"
            mark = address, f'<a class="term" href="{address}"><{tag}>', f"</{tag.partition(' ')[0]}></a>"
            for form in title_and_other_forms(term):
                marks.setdefault(spelling_key(form), mark)
    return pattern_of(marks), marks


def mark_terms(html):
    """Return the HTML with the first use of each live term in running text marked as <dfn> or <abbr>, with a link.

    No term is marked in another language than the page's, in headings, links or table heads, or in an element with
    data-terms ("explained" in the glossary itself, "unmarked" elsewhere) or aria-hidden (a drawing).
    """
    pattern, marks = pattern_and_marks(get_language())
    if pattern is None:
        return html

    marked, shut, out, copied, end = set(), [], [], 0, 0

    def mark(match):
        address, before, after = marks[spelling_key(unescape(match[0]))]
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
        name = tag["name"]
        if name and (not shut or shut[-1] == name.lower()):  # in an unmarked element, only its own tag name counts
            update_open_elements(shut, tag)
    return "".join([*out, html[copied:end], html[end:] if shut else pattern.sub(mark, html[end:])])


def update_open_elements(shut, tag):
    """Update `shut`, the stack of open elements in which no term is marked, at a tag."""
    name = tag["name"].lower()
    if tag["end"]:
        if shut:
            shut.pop()
    elif name not in VOID and not tag[0].endswith("/>"):
        explained = ' data-terms="' in tag[0] or 'aria-hidden="true"' in tag[0]
        foreign = FOREIGN.search(tag[0])
        if shut or name in LEFT_ALONE or explained or (foreign and foreign[1] != get_language()):
            shut.append(name)

"""The glossary in the order of its language, in groups: by kana and then Latin letters, or by the alphabet."""

import re
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruit_site.content.translated_fields import translated_text
from recruit_site.text.kana_order import kana_key, row_of

LATIN = "A–Z"


class Letter(NamedTuple):
    """A group of terms that begin alike. The label is its anchor too: slugs of terms have no capitals and no kana."""

    label: str
    terms: list


def letters(terms):
    """Return the Letters of some terms, in the order of the active language."""
    groups = {}
    for _key, label, term in sorted((place(term) for term in terms), key=lambda placed: placed[0]):
        groups.setdefault(label, []).append(term)
    return [Letter(label, group) for label, group in groups.items()]


def place(term):
    """Return (sort key, label of its group, term). What has neither letters nor kana comes last."""
    title = translated_text(term, "title").text
    latin = title[:1].isascii() and title[:1].isalnum()
    if get_language() == "ja":
        word = term.reading or title
        if row := row_of(word):
            return (0, *kana_key(word)), row, term
        return (1 if latin else 2, spelling(title)), LATIN if latin else _("Other"), term
    return (0 if latin else 2, spelling(title)), title[0].upper() if latin else _("Other"), term


def spelling(title):
    """Return a title as the alphabet sorts it: without case, and numbers by their value."""
    return re.sub(r"\d+", lambda number: number[0].zfill(6), title.casefold())

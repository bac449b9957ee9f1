"""The checks of Japanese style: easy to read, and written as public documents are.

Rules: 公用文作成の考え方 (Council for Cultural Affairs, 2022): figures in half width, か所 after a figure, short
sentences.
"""

import re
import unicodedata

from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from recruit_site.editorial_checks.finding import EditorialCheck, Mark
from recruit_site.editorial_checks.rules.spellings import LISTS_OF_WORDS

LONGEST_SENTENCE = 100
#: The longest run of kanji that a reader takes in at a glance.
LONGEST_CHAIN = 7
#: Names of offices, schools, exams, rules and posts, by their endings: a name cannot be split.
NAME = re.compile(
    r".*(?:[館部課室局省庁院校所法]|大学|研究科|委員会|試験|条約|協定|制度|協力隊)[長員]?(?:[補佐代理]{2})?"
)
FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
COUNTER = re.compile(r"(?<=[0-9０-９一二三四五六七八九十百千万数何各])([ヶケヵカ箇個ｹ])(?=[所月国年条])")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?[」』）)]*")
LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")
KANJI = re.compile(rf"[々一-龠]{{{LONGEST_CHAIN + 1},}}")


def full_width(place):
    for match in FULL_WIDTH.finditer(place.text):
        yield Mark(*match.span(), {"plain": unicodedata.normalize("NFKC", match[0])})


def old_counters(place):
    for match in COUNTER.finditer(place.text):
        yield Mark(match.start(), match.end() + 1, {"plain": "か" + place.text[match.end()]})


def long_sentences(place):
    if place.original in LISTS_OF_WORDS:
        return
    for match in SENTENCE.finditer(place.text):
        length = len(LINK_TARGET.sub("", match[0]).strip())
        if length > LONGEST_SENTENCE:
            yield Mark(*match.span(), {"length": length})


def noun_chains(place):
    """Yield Marks of long runs of kanji in TextFields. Titles and short lines are left out: they are full of names."""
    if not isinstance(place.unit.model._meta.get_field(place.name), TextField):
        return
    for match in KANJI.finditer(place.text):
        length = len(place.lexicon.without_terms(match[0]))
        if length > LONGEST_CHAIN and not NAME.fullmatch(match[0]):
            yield Mark(*match.span(), {"length": len(match[0])})


CHECKS = (
    EditorialCheck(
        "full-width",
        full_width,
        _("Full-width figures or letters."),
        _("Write %(plain)s."),
    ),
    EditorialCheck(
        "counters",
        old_counters,
        _("After a figure, public documents write か."),
        _("Write %(plain)s."),
        languages=("ja",),
    ),
    EditorialCheck(
        "sentences",
        long_sentences,
        _("A sentence of %(length)s characters."),
        _("Make two sentences of it, or a list."),
        languages=("ja",),
    ),
    EditorialCheck(
        "chains",
        noun_chains,
        _("%(length)s kanji in a row."),
        _("Take it apart with の, を or する; a name belongs into the glossary."),
        languages=("ja",),
    ),
)

"""What else a reader may try who found nothing, from what is live alone."""

import re
from itertools import islice
from typing import NamedTuple

from recruit_site.search.entries import Entry
from recruit_site.search.folding import folded
from recruit_site.search.query import COMMON

#: How many titles are read for a guess, and how alike a word must be to be offered: Dice's coefficient of its pairs
#: of letters. It must also begin alike and be about as long, as what is mistyped does: nationality is not vitalization.
TITLES = 2000
ALIKE = 0.55
LONGER = 3
MOST = 3

WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}|[ァ-ヶー]{3,}|[一-鿿々]{2,}")


class Way(NamedTuple):
    """Another search: its words and how many entries it finds."""

    words: str
    number: int


def words_within(query):
    """Return the words of a search that find something by themselves, with how much: Ways."""
    words = {folded(word): word for term in query.terms for word in WORD.findall(term.text)}
    tried = (query.other(word) for word in words.values() if word != query.text)
    found = (Way(one.text, number) for one in tried if (number := one.matches().count()))
    return list(islice(found, MOST))


def did_you_mean(query):
    """Return words of live titles and of the glossary that look like what was searched for."""
    wanted, known = pairs(query.folded), {}
    for title, text in titles(query.language):
        if any(pair in text for pair in wanted):
            for word in (title, *WORD.findall(title)):
                if len(word) <= 30:
                    known.setdefault(folded(word), word)
    offered = ((text.strip(), word) for text, word in known.items() if word.casefold() not in COMMON)
    scored = [(alike(wanted, pairs(text)), word) for text, word in offered if is_near(text, query)]
    best = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: -one[0])
    return [word for _score, word in best[:MOST]]


def is_near(text, query):
    """Whether a folded text may be what a reader meant, and is not a part of what was searched for: that is no news."""
    wanted = query.folded
    return text[:1] == wanted[:1] and abs(len(text) - len(wanted)) <= LONGER and text not in wanted


def titles(language):
    """Return (title, folded title) of what a guess may be made from, the weightiest first."""
    live = Entry.objects.published().filter(language=language).order_by("-weight", "pk")
    return list(live.values_list("title", "folded_title")[:TITLES])


def pairs(text):
    text = text.strip()
    return {text[at : at + 2] for at in range(len(text) - 1)}


def alike(one, other):
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0

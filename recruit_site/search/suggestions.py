"""Other searches for a reader who found nothing, made from published entries alone."""

import re
from itertools import islice
from typing import NamedTuple

from recruit_site.search.folding import folded
from recruit_site.search.matching import count
from recruit_site.search.query import COMMON

#: How many titles, the weightiest first, are compared with what was searched for.
TITLES = 2000
#: The longest title that is offered as a whole.
LONGEST = 30
#: How alike a word must be to be offered: Dice's coefficient of its pairs of letters. It must also begin alike and be
#: about as long, as what is mistyped does: nationality is not vitalization.
ALIKE = 0.55
LONGER = 3
#: How many words are offered.
MOST = 3

WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}|[ァ-ヶー]{3,}|[一-鿿々]{2,}")


class Way(NamedTuple):
    """Another search: its words and how many entries it finds."""

    words: str
    number: int


def words_within(query, candidates):
    """Return the Ways of the words of a search that find something by themselves among the candidates."""
    words = {folded(word): word for term in query.terms for word in WORD.findall(term.text)}
    tried = (query.other(word) for word in words.values() if word != query.text)
    texts = [candidate.folded_text for candidate in candidates]
    found = (Way(one.text, number) for one in tried if (number := count(one, texts)))
    return list(islice(found, MOST))


def did_you_mean(query, candidates):
    """Return words from the titles of the candidates that look like what was searched for, the most alike first."""
    wanted = pairs(query.folded)
    known = words_of_titles(candidates, wanted)
    offered = ((text.strip(), word) for text, word in known.items() if word.casefold() not in COMMON)
    scored = [(alike(wanted, pairs(text)), word) for text, word in offered if is_near(text, query)]
    best = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: -one[0])
    return [word for _score, word in best[:MOST]]


def words_of_titles(candidates, wanted):
    """Return the titles with one of the wanted pairs of letters, and their words, by their folded form."""
    known = {}
    for candidate in sorted(candidates, key=lambda one: (-one.weight, one.pk))[:TITLES]:
        title = candidate.folded_text.partition("\n")[0]
        if any(pair in title for pair in wanted):
            known.setdefault(title, candidate.title)
            for word in WORD.findall(candidate.title):
                known.setdefault(folded(word), word)
    return {text: word for text, word in known.items() if len(word) <= LONGEST}


def is_near(text, query):
    """Whether a folded text may be what a reader meant, and is not a part of what was searched for: that is no news."""
    wanted = query.folded
    return text[:1] == wanted[:1] and abs(len(text) - len(wanted)) <= LONGER and text not in wanted


def pairs(text):
    text = text.strip()
    return {text[at : at + 2] for at in range(len(text) - 1)}


def alike(one, other):
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0

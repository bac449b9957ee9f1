"""Suggestions for a reader whose search found nothing, made only from published entries."""

import re
from itertools import islice
from typing import NamedTuple

from recruit_site.search.folding import folded
from recruit_site.search.query import COMMON
from recruit_site.search.ranking import count, is_about

#: How many titles are compared with the search, those of the greatest weight first.
TITLES = 2000
#: Characters of the longest title that is suggested as a whole.
LONGEST = 30
#: The least similarity of a suggestion: Dice's coefficient of the pairs of letters. A suggestion must also have the
#: same first letter and about the same length, as a mistyped word has: nationality is not vitalization.
MIN_SIMILARITY = 0.55
#: The greatest difference in length, in characters of the folded texts.
MAX_LENGTH_DIFFERENCE = 3
#: How many words are suggested.
MAX_SUGGESTIONS = 3

WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}|[ァ-ヶー]{3,}|[一-鿿々]{2,}")


class Suggestion(NamedTuple):
    """A suggested search: its words, and the number of entries that it finds."""

    words: str
    number: int


def single_word_suggestions(query, candidates):
    """Return a Suggestion for each word of a search that a title or search word contains, at most MAX_SUGGESTIONS.

    Other words, such as too and old of “am I too old”, say nothing by themselves.
    """
    words = {folded(word): word for term in query.terms for word in WORD.findall(term.text)}
    texts = [candidate.folded_text for candidate in candidates]
    queries = [query.other(word) for word in words.values() if word != query.text]
    queries = [single for single in queries if any(is_about(text, single) for text in texts)]
    ways = (Suggestion(single.text, number) for single in queries if (number := count(single, texts)))
    return list(islice(ways, MAX_SUGGESTIONS))


def did_you_mean(query, candidates):
    """Return words from the titles of the candidates that look like the search, most similar first."""
    query_pairs = letter_pairs(query.folded)
    title_words = words_of_titles(candidates, query_pairs)
    texts = ((text.strip(), word) for text, word in title_words.items() if word.casefold() not in COMMON)
    scored = [(dice_coefficient(query_pairs, letter_pairs(text)), word) for text, word in texts if is_near(text, query)]
    best = sorted((one for one in scored if one[0] >= MIN_SIMILARITY), key=lambda one: -one[0])
    return [word for _score, word in best[:MAX_SUGGESTIONS]]


def words_of_titles(candidates, wanted):
    """Return {folded form: text} of the titles with one of the `wanted` pairs of letters, and of their words."""
    texts = {}
    for candidate in sorted(candidates, key=lambda one: (-one.weight, one.pk))[:TITLES]:
        title = candidate.folded_text.partition("\n")[0]
        if any(pair in title for pair in wanted):
            texts.setdefault(title, candidate.title)
            for word in WORD.findall(candidate.title):
                texts.setdefault(folded(word), word)
    return {text: word for text, word in texts.items() if len(word) <= LONGEST}


def is_near(text, query):
    """Return whether a folded text may be what a reader meant. A part of the search itself is no suggestion."""
    search = query.folded
    return text[:1] == search[:1] and abs(len(text) - len(search)) <= MAX_LENGTH_DIFFERENCE and text not in search


def letter_pairs(text):
    """Return the set of pairs of adjacent characters in a text, without the space around it."""
    text = text.strip()
    return {text[at : at + 2] for at in range(len(text) - 1)}


def dice_coefficient(one, other):
    """Return Dice's coefficient of two sets, from 0 (nothing in common) to 1 (equal)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0

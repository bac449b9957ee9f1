"""Other searches for a reader whose search found nothing, made only from published entries."""

import re
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from recruit_site.search.folding import folded
from recruit_site.search.query import COMMON
from recruit_site.search.ranking import count, is_about

#: How many titles are compared with the search, those of the greatest weight first.
TITLES = 2000
#: The least similarity of a word to the one that was mistyped: the ratio of difflib.SequenceMatcher.
SIMILARITY = 0.8
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


def respelt(query, candidates):
    """Return a Query with each word that stands nowhere replaced by the word most like it; None if nothing changes."""
    texts = [candidate.folded_text for candidate in candidates]
    words = query.text.split()
    unknown = {word: single.folded for word in words if (single := query.other(word)) and not count(single, texts)}
    if not unknown:
        return None
    spellings = known_words(candidates)
    near = {word: get_close_matches(text, spellings, n=1, cutoff=SIMILARITY) for word, text in unknown.items()}
    text = " ".join(spellings[near[word][0]] if near.get(word) else word for word in words)
    return query.other(text) if text != query.text else None


def known_words(candidates):
    """Return {folded form: text} of the words of the titles and of the search words, those of common use left out."""
    texts = {}
    for candidate in sorted(candidates, key=lambda one: (-one.weight, one.pk))[:TITLES]:
        search_words = candidate.folded_text.split("\n", 2)[1]
        for word in WORD.findall(f"{candidate.title}\t{search_words}"):
            texts.setdefault(folded(word).strip(), word)
    return {text: word for text, word in texts.items() if word.casefold() not in COMMON}

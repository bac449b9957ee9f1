"""Matching and ranking: pure functions over the entries of one language, which a search reads once."""

from typing import NamedTuple

from recruit_site.search.models import SearchEntry

#: The slashes in the path of a page: /ja/apply/. The path of a piece of its own has more.
PAGE_SLASHES = 3


class Candidate(NamedTuple):
    """The fields of an entry that matching and ranking need."""

    pk: int
    folded_text: str
    title: str
    place: str
    section: str
    weight: int
    day: int
    order: int
    model: str
    slug: str
    is_answered: bool = True


def read_candidates(language):
    """Return the Candidates in a language that readers may see, in one query."""
    entries = SearchEntry.objects.published().filter(language=language)
    return [Candidate._make(row) for row in entries.values_list(*Candidate._fields)]


def find(query, candidates):
    """Return the candidates that fit a query, best first."""
    keys = ((sort_key(candidate, query), candidate) for candidate in candidates if is_hit(candidate.folded_text, query))
    return [candidate for _key, candidate in sorted(keys)]


def count(query, folded_texts):
    """Return the number of folded texts that fit a query."""
    return sum(is_hit(text, query) for text in folded_texts)


def is_hit(folded_text, query):
    """Return whether an entry contains every term of a query, or the query one of its search words."""
    return bool(query) and (contains_all_terms(folded_text, query.texts) or longest_word_in(folded_text, query) > 0)


def longest_word_in(folded_text, query):
    """Return the length of the longest search word of an entry that the query contains, 0 without one.

    A word of one character is left out: 夫 is in 大丈夫.
    """
    words = folded_text.split("\n", 2)[1].split("\t")
    return max((len(word) for word in words if len(word.strip()) > 1 and word in query.sentence), default=0)


def contains_all_terms(text, terms):
    """Return whether a folded text contains every term. A term is a tuple of folded texts, any of which suffices."""
    for term in terms:  # loops take a third of the time of all() and any(), and a search calls this thousands of times
        for form in term:
            if form in text:
                break
        else:
            return False
    return True


def rank(folded_text, query):
    """Return how well an entry fits a query, from 0 (best) to 7.

    0 – the title or a search word equals the search; 1 – title and search words contain the terms, or one search word
    is most of the search; 2 – a search word equals a synonym; 3 – title and search words contain the terms or their
    synonyms; 4 – the search contains a search word; 5 – with the heading they contain the terms or their synonyms;
    6 – the whole text contains the terms; 7 – the whole text contains the terms or their synonyms.
    """
    title, words, heading, _body = folded_text.split("\n", 3)
    if title.strip() == query.folded or any(word in words for word in query.as_words):
        return 0
    longest = longest_word_in(folded_text, query)
    if 2 * longest > len(query.folded) or contains_all_terms(f"{title}\n{words}", query.own_texts):
        return 1
    if any(word in words for word in query.synonyms_as_words):
        return 2
    if is_about(folded_text, query):
        return 3
    if longest:
        return 4
    if contains_all_terms(f"{title}\n{words}\n{heading}", query.texts):
        return 5
    return 6 if contains_all_terms(folded_text, query.own_texts) else 7


def is_about(folded_text, query):
    """Return whether the title and search words of an entry contain the terms of a query or their synonyms."""
    title, words, _rest = folded_text.split("\n", 2)
    return bool(query) and contains_all_terms(f"{title}\n{words}", query.texts)


def sort_key(candidate, query):
    """Return the sort key of a candidate among the results of a query.

    A page whose title equals the search, or contains its terms, comes first. Candidates without weight are about the
    site itself and come last. Candidates of one rank are ordered by their longest search word in the query, then by
    weight, then newest first, those without a date last.
    """
    fit = rank(candidate.folded_text, query)
    return (
        not is_page_of_that_name(candidate, query),
        candidate.weight == 0,
        fit,
        -longest_word_in(candidate.folded_text, query),
        -candidate.weight,
        -candidate.day,
        candidate.section,
        candidate.order,
        candidate.model,
        candidate.slug,
        candidate.pk,
    )


def is_page_of_that_name(candidate, query):
    """Return whether a candidate is a page, such as /ja/apply/, whose title equals a query or contains its terms.

    A page about the site itself must have the very title.
    """
    title = candidate.folded_text.partition("\n")[0]
    if title.strip() == query.folded:
        return "#" not in candidate.place
    is_page = candidate.weight > 0 and "#" not in candidate.place and candidate.place.count("/") <= PAGE_SLASHES
    return is_page and contains_all_terms(title, query.own_texts)

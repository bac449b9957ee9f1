"""Matching and ranking: pure functions over the entries of one language, which a search reads once."""

from typing import NamedTuple

from recruit_site.search.models import SearchEntry


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


def read_candidates(language):
    """Return the Candidates in a language that readers may see, in one query."""
    entries = SearchEntry.objects.published().filter(language=language)
    return [Candidate._make(row) for row in entries.values_list(*Candidate._fields)]


def read_texts(language):
    """Return the folded texts in a language that readers may see. They are enough to count hits."""
    return SearchEntry.objects.published().filter(language=language).values_list("folded_text", flat=True)


def find(query, candidates):
    """Return the candidates that contain every term of a query, best first."""
    hits = [candidate for candidate in candidates if contains_all_terms(candidate.folded_text, query.texts)]
    return sorted(hits, key=lambda candidate: sort_key(candidate, query)) if query else []


def count(query, folded_texts):
    """Return the number of folded texts that contain every term of a query."""
    return sum(contains_all_terms(text, query.texts) for text in folded_texts) if query else 0


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
    """Return how well an entry that contains every term fits a query, from 0 (best) to 5.

    0 – the title equals the search; 1 – the title contains the terms; 2 – the title contains the terms or their
    synonyms; 3 – title and heading together contain the terms or their synonyms; 4 – the whole text contains the terms;
    5 – the whole text contains the terms or their synonyms.
    """
    title, heading, _body = folded_text.split("\n", 2)
    if title.strip() == query.folded:
        return 0
    if contains_all_terms(title, query.own_texts):
        return 1
    if contains_all_terms(title, query.texts):
        return 2
    if contains_all_terms(f"{title}\n{heading}", query.texts):
        return 3
    return 4 if contains_all_terms(folded_text, query.own_texts) else 5


def sort_key(candidate, query):
    """Return the sort key of a candidate among the results of a query.

    Candidates without weight are about the site itself and come last, except a page whose title equals the search.
    Candidates of one rank are ordered by weight, then newest first, those without a date last.
    """
    fit = rank(candidate.folded_text, query)
    is_page_of_that_name = fit == 0 and "#" not in candidate.place
    return (
        candidate.weight == 0 and not is_page_of_that_name,
        fit,
        -candidate.weight,
        -candidate.day,
        candidate.section,
        candidate.order,
        candidate.model,
        candidate.slug,
        candidate.pk,
    )

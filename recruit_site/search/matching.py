"""Matching and ranking: plain functions over the entries of one language, which a search reads once."""

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
    """Return the Candidates that readers may see in a language, in one query."""
    entries = SearchEntry.objects.published().filter(language=language)
    return [Candidate._make(row) for row in entries.values_list(*Candidate._fields)]


def read_texts(language):
    """Return the folded texts that readers may see in a language, which is enough to count hits."""
    return SearchEntry.objects.published().filter(language=language).values_list("folded_text", flat=True)


def find(query, candidates):
    """Return the candidates that hold every term of a query, the best first."""
    hits = [candidate for candidate in candidates if holds(candidate.folded_text, query.texts)]
    return sorted(hits, key=lambda candidate: sort_key(candidate, query)) if query else []


def count(query, folded_texts):
    """Return how many of some folded texts hold every term of a query."""
    return sum(holds(text, query.texts) for text in folded_texts) if query else 0


def holds(text, terms):
    """Return whether a folded text holds every term; a term is a tuple of folded texts, of which one suffices."""
    for term in terms:  # loops take a third of the time of all() and any(), and a search calls this thousands of times
        for form in term:
            if form in text:
                break
        else:
            return False
    return True


def rank(folded_text, query):
    """Return how well an entry that holds every term fits a query, 0 best.

    0 – its title is the search; 1 – its title holds the terms; 2 – its title holds them or their synonyms; 3 – its
    title and heading do; 4 – its whole text holds the terms; 5 – its whole text holds them or their synonyms.
    """
    title, heading, _body = folded_text.split("\n", 2)
    if title.strip() == query.folded:
        return 0
    if holds(title, query.own_texts):
        return 1
    if holds(title, query.texts):
        return 2
    if holds(f"{title}\n{heading}", query.texts):
        return 3
    return 4 if holds(folded_text, query.own_texts) else 5


def sort_key(candidate, query):
    """Return what puts the results of a query in order.

    What has no weight is about the site itself and comes after all that is about the work, except a page that bears
    the very name. Candidates of one rank are ordered by weight, then the newest first, those without a date last.
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

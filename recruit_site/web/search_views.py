"""The search page, and the OpenSearch description by which browsers offer the search."""

from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from recruit_site.content.navigation import BY_SECTION
from recruit_site.search import missed_searches
from recruit_site.search.models import SearchEntry
from recruit_site.search.query import Query
from recruit_site.search.ranking import find, is_about, read_candidates
from recruit_site.search.snippets import Stretch, hits, marked, snippet
from recruit_site.search.suggestions import respelt, single_word_suggestions
from recruit_site.web.base_views import SectionMixin
from recruit_site.web.canonical_urls import absolute
from recruit_site.web.pagination import page_of
from recruit_site.web.search_url import search_address

ON_A_PAGE = 20
#: A search with fewer hits than this also offers the hits in the other language.
FEW = 3


class Result(NamedTuple):
    """A search entry as the page shows it. `synonyms` holds (term, synonym) of each hit that is a synonym."""

    entry: SearchEntry
    section: str
    name: list[Stretch]
    heading: list[Stretch]
    snippet: list[Stretch]
    synonyms: list[tuple[str, str]] = ()


class SearchView(SectionMixin, TemplateView):
    """The results of a search (?q=) in one section (?in=) or in all, page by page.

    Context: `query`, in another spelling than `asked` where that finds nothing; `results`, a Page of Results; `number`
    of all hits; `sections`, (page, number of hits) pairs; `chosen`, the name of the section, "" for all; `synonyms`, by
    term, of the hits; `ask`, whether there are hits but fewer than FEW, or the first is a question without an answer;
    `elsewhere`, with few hits, the number of hits in each other language whose first hit is about the search; `ways`,
    without a hit, other searches.
    """

    section = "search"
    template_name = "search.html"

    def get(self, request, *args, **kwargs):
        if not search_address(request):
            raise Http404("there is no search")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        query = Query(self.request.GET.get("q", ""))
        candidates = read_candidates(query.language) if query else []
        asked = query
        query, matches = self.found(query, candidates)
        counts = Counter(match.section for match in matches)
        chosen = self.request.GET.get("in", "")
        if chosen not in counts:
            chosen = ""
        results = self.results(query, [match for match in matches if chosen in ("", match.section)])
        few = bool(query) and len(matches) < FEW
        return super().get_context_data(
            title=_("Search: %(query)s") % {"query": query.text} if query else str(BY_SECTION[self.section].label),
            query=query,
            asked=asked,
            number=len(matches),
            ask=bool(matches) and (few or not matches[0].is_answered),
            results=results,
            sections=[(page, counts[name]) for name, page in BY_SECTION.items() if name in counts],
            chosen=chosen,
            synonyms=synonyms_by_term(results),
            elsewhere=self.hits_in_other_languages(query) if few else [],
            ways=[] if matches or not query else single_word_suggestions(query, candidates),
            **kwargs,
        )

    def found(self, query, candidates):
        """Return a query and the candidates that fit it, or those of the query in another spelling where none fits."""
        matches = find(query, candidates)
        if query and not matches:
            missed_searches.count_missed(query.language, query.folded)
            other = respelt(query, candidates)
            others = find(other, candidates) if other else []
            if others:
                return other, others
        return query, matches

    def results(self, query, found):
        """Return the Page of Results that the request asks for. Only its entries are read with their texts."""
        page = page_of(self.request, found, on_a_page=ON_A_PAGE)
        keys = [one.pk for one in page.object_list]
        entries = SearchEntry.objects.only("section", "place", "title", "heading", "body", "is_answered").in_bulk(keys)
        page.object_list = [result_of(entries[key], query) for key in keys if key in entries]
        return page

    def hits_in_other_languages(self, query):
        """Return (language, address, number of hits) for each other language whose first hit is about the search."""
        hits_by_language = []
        for code, _name in settings.LANGUAGES:
            if code != query.language:
                other = query.other(language=code)
                found = find(other, read_candidates(code))
                if found and is_about(found[0].folded_text, other):
                    with override(code):
                        hits_by_language.append((code, BY_SECTION[self.section].url, len(found)))
        return hits_by_language


def result_of(entry, query):
    """Return the Result of an entry, with the hits of the query marked in its texts."""
    places = {name: hits(getattr(entry, name), query.terms) for name in ("title", "heading", "body")}
    return Result(
        entry,
        BY_SECTION[entry.section].label,
        marked(entry.title, places["title"]),
        marked(entry.heading, places["heading"]),
        snippet(entry.body, places["body"]),
        synonyms_in(places.values(), query),
    )


def synonyms_in(places, query):
    """Return (term, synonym) of each hit that is a synonym."""
    term_of = {form: term.text for term in query.terms for form in term.forms}
    return [(term_of[form], form.synonym) for found in places for *_at, form in found if form.synonym]


def synonyms_by_term(results):
    """Return {term: [synonym, …]} of the synonyms in some Results, each once."""
    by_term = {}
    for term, synonym in (pair for result in results for pair in result.synonyms):
        by_term.setdefault(term, {})[synonym] = None
    return {term: list(synonyms) for term, synonyms in by_term.items()}


class OpenSearchView(TemplateView):
    """The description by which a browser offers this search in its own search field (OpenSearch 1.1)."""

    template_name = "opensearch.xml"
    content_type = "application/opensearchdescription+xml"

    def get_context_data(self, **kwargs):
        address = absolute(search_address(self.request))
        return super().get_context_data(site=settings.SITE_URL, address=address, **kwargs)

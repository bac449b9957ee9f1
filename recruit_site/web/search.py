"""The search page, and the description by which browsers offer the search."""

from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from recruit_site.content.navigation import BY_SECTION
from recruit_site.search import missed_searches
from recruit_site.search.matching import count, find, read_candidates, read_texts
from recruit_site.search.models import SearchEntry
from recruit_site.search.query import Query
from recruit_site.search.snippets import Stretch, hits, marked, snippet
from recruit_site.search.suggestions import did_you_mean, words_within
from recruit_site.web.base_views import SectionMixin
from recruit_site.web.canonical_urls import absolute
from recruit_site.web.pagination import page_of
from recruit_site.web.search_url import search_address

ON_A_PAGE = 20
#: With fewer hits than this, the other language's are offered too.
FEW = 3


class Result(NamedTuple):
    """An entry as it is shown. `synonyms` holds the term and the synonym of each hit that is one."""

    entry: SearchEntry
    section: str
    name: list[Stretch]
    heading: list[Stretch]
    snippet: list[Stretch]
    synonyms: list[tuple[str, str]] = ()


class SearchView(SectionMixin, TemplateView):
    """What readers search for (?q=), in one section (?in=) or in all, page by page.

    Context: `query`, `results` (a Page of Results), `number` of all hits, `sections` with the number of hits in each
    and the chosen one, `synonyms` that were found; whether there are `few` hits, then also `elsewhere`, the number in
    the other language, and with none `ways` and `meant`, other searches.
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
        found = find(query, candidates)
        counts = Counter(one.section for one in found)
        chosen = self.request.GET.get("in", "")
        if chosen not in counts:
            chosen = ""
        results = self.results(query, [one for one in found if chosen in ("", one.section)])
        few = bool(query) and len(found) < FEW
        return super().get_context_data(
            title=_("Search: %(query)s") % {"query": query.text} if query else str(BY_SECTION[self.section].label),
            query=query,
            number=len(found),
            few=few,
            results=results,
            sections=[(page, counts[name]) for name, page in BY_SECTION.items() if name in counts],
            chosen=chosen,
            synonyms=synonyms_by_term(results),
            elsewhere=self.elsewhere(query) if few else [],
            **self.instead(query, candidates, found),
            **kwargs,
        )

    def results(self, query, found):
        """Return a Page of Results, with the texts of the entries on it."""
        page = page_of(self.request, found, on_a_page=ON_A_PAGE)
        keys = [one.pk for one in page.object_list]
        entries = SearchEntry.objects.only("section", "place", "title", "heading", "body").in_bulk(keys)
        page.object_list = [result_of(entries[key], query) for key in keys if key in entries]
        return page

    def instead(self, query, candidates, found):
        """Return `ways` and `meant`, both empty where something was found, and count the search where nothing was."""
        if found or not query:
            return {"ways": [], "meant": []}
        missed_searches.count(query.language, query.folded)
        return {"ways": words_within(query, candidates), "meant": did_you_mean(query, candidates)}

    def elsewhere(self, query):
        """Return (language, address, number) for each other language that has hits."""
        found = []
        for code, _name in settings.LANGUAGES:
            if code != query.language:
                number = count(query.other(language=code), read_texts(code))
                if number:
                    with override(code):
                        found.append((code, BY_SECTION[self.section].url, number))
        return found


def result_of(entry, query):
    """Return the Result of an entry, with what was searched for marked in its texts."""
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
    """Return the term and the synonym of each hit that is a synonym."""
    term_of = {form: term.text for term in query.terms for form in term.forms}
    return [(term_of[form], form.synonym) for found in places for *_at, form in found if form.synonym]


def synonyms_by_term(results):
    """Return by each term the synonyms that some Results were found by, each once."""
    found = {}
    for term, synonym in (pair for result in results for pair in result.synonyms):
        found.setdefault(term, {})[synonym] = None
    return {term: list(synonyms) for term, synonyms in found.items()}


class OpenSearchView(TemplateView):
    """By which a browser offers this search in its own field (OpenSearch 1.1)."""

    template_name = "opensearch.xml"
    content_type = "application/opensearchdescription+xml"

    def get_context_data(self, **kwargs):
        address = absolute(search_address(self.request))
        return super().get_context_data(site=settings.SITE_URL, address=address, **kwargs)

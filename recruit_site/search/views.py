"""The search page, and the description by which browsers offer the search."""

from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from recruit_site.addresses import absolute
from recruit_site.lists import page_of
from recruit_site.pages import BY_SECTION
from recruit_site.search import missed
from recruit_site.search.address import search_address
from recruit_site.search.entries import Entry
from recruit_site.search.query import Query
from recruit_site.search.snippets import Stretch, hits, marked, snippet
from recruit_site.search.suggestions import did_you_mean, words_within
from recruit_site.section_pages import SectionMixin

ON_A_PAGE = 20
#: With fewer hits than this, the other language's are offered too.
FEW = 3
#: So many matches at most are fetched in their order; where there are more, the database counts them.
VERY_MANY = 500


class Result(NamedTuple):
    entry: Entry
    section: str
    name: list[Stretch]
    heading: list[Stretch]
    snippet: list[Stretch]


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
        best, counts = found(query)
        chosen = self.request.GET.get("in", "")
        chosen = chosen if chosen in counts else ""
        number = sum(counts.values())
        results, found_by = self.results(query, best, chosen, counts.get(chosen, number))
        context = {"ways": [], "meant": [], "elsewhere": []}
        few = bool(query) and number < FEW
        if few:
            context["elsewhere"] = self.elsewhere(query)
        if query and not number:
            context |= {"ways": words_within(query), "meant": did_you_mean(query)}
            missed.count(query.language, query.folded)
        return super().get_context_data(
            title=_("Search: %(query)s") % {"query": query.text} if query else str(BY_SECTION[self.section].label),
            query=query,
            number=number,
            few=few,
            results=results,
            sections=[(page, counts[name]) for name, page in BY_SECTION.items() if name in counts],
            chosen=chosen,
            synonyms=found_by,
            **context,
            **kwargs,
        )

    def results(self, query, best, section, number):
        """Return a Page of Results, and by each term the synonyms that they were found by."""
        known = [key for key, its in best if section in ("", its)]
        page = page_of(self.request, known, ON_A_PAGE)  # more than are known, where there are very many
        keys = page.object_list
        if page.end_index() > len(known):
            ranked = query.ranked().filter(section=section) if section else query.ranked()
            keys = list(ranked.values_list("pk", flat=True)[page.start_index() - 1 : page.end_index()])
        entries = Entry.objects.only("section", "place", "title", "heading", "body").in_bulk(keys)
        found, found_by = [], {}
        of_term = {form: term.text for term in query.terms for form in term.forms}
        for entry in (entries[key] for key in keys if key in entries):
            places = {name: hits(getattr(entry, name), query.terms) for name in ("title", "heading", "body")}
            for form in (form for hit in places.values() for *_at, form in hit if form.synonym):
                found_by.setdefault(of_term[form], {})[form.synonym] = None
            found.append(
                Result(
                    entry,
                    BY_SECTION[entry.section].label,
                    marked(entry.title, places["title"]),
                    marked(entry.heading, places["heading"]),
                    snippet(entry.body, places["body"]),
                )
            )
        page.object_list = found
        return page, {term: list(synonyms) for term, synonyms in found_by.items()}

    def elsewhere(self, query):
        """Return (language, address, number) for each other language that has hits."""
        found = []
        for code, _name in settings.LANGUAGES:
            number = 0 if code == query.language else query.other(language=code).matches().count()
            if number:
                with override(code):
                    found.append((code, BY_SECTION[self.section].url, number))
        return found


def found(query):
    """Return (key, section) of the best matches, of all unless there are very many, and the number in each section."""
    best = list(query.ranked().values_list("pk", "section")[:VERY_MANY])
    if len(best) < VERY_MANY:
        return best, Counter(section for _key, section in best)
    return best, dict(query.matches().values_list("section").annotate(Count("pk")))


class OpenSearchView(TemplateView):
    """By which a browser offers this search in its own field (OpenSearch 1.1)."""

    template_name = "opensearch.xml"
    content_type = "application/opensearchdescription+xml"

    def get_context_data(self, **kwargs):
        address = absolute(search_address(self.request))
        return super().get_context_data(site=settings.SITE_URL, address=address, **kwargs)

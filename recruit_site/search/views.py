"""The search page, and the description by which browsers offer the search."""

from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from recruit_site.pages import BY_SECTION
from recruit_site.search import missed
from recruit_site.search.entries import Entry
from recruit_site.search.query import Query
from recruit_site.search.snippets import Stretch, hits, marked, snippet
from recruit_site.search.suggestions import did_you_mean, words_within
from recruit_site.section_pages import SectionMixin

ON_A_PAGE = 20
#: With fewer hits than this, the other language's are offered too.
FEW = 3
#: More matches than this are counted and ordered by the database alone, in memory of its own.
VERY_MANY = 500


class Result(NamedTuple):
    entry: Entry
    section: str
    title: list[Stretch]
    heading: list[Stretch]
    snippet: list[Stretch]


class SearchView(SectionMixin, TemplateView):
    """What readers search for (?q=), in one section (?in=) or in all, page by page.

    Context: `query`, `results` (a Page of Results), `number` of all hits, `sections` with the number of hits in each
    and the chosen one, `synonyms` that were found; with few hits also `elsewhere`, the number in the other language,
    and with none `ways` and `meant`, other searches.
    """

    section = "search"
    template_name = "search.html"

    def get_context_data(self, **kwargs):
        query = Query(self.request.GET.get("q", ""))
        few, counts = found(query)
        chosen = self.request.GET.get("in", "")
        chosen = chosen if chosen in counts else ""
        number = sum(counts.values())
        results, found_by = self.results(query, few, chosen, counts.get(chosen, number))
        context = {"ways": [], "meant": [], "elsewhere": []}
        if query and number < FEW:
            context["elsewhere"] = self.elsewhere(query)
        if query and not number:
            context |= {"ways": words_within(query), "meant": did_you_mean(query)}
            missed.count(query.language, query.folded)
        return super().get_context_data(
            title=_("Search: %(query)s") % {"query": query.text} if query else str(BY_SECTION[self.section].label),
            query=query,
            number=number,
            results=results,
            sections=[(page, counts[name]) for name, page in BY_SECTION.items() if name in counts],
            chosen=chosen,
            synonyms=found_by,
            **context,
            **kwargs,
        )

    def results(self, query, few, section, number):
        """Return a Page of Results, and by each term the synonyms that they were found by."""
        ranked = query.ranked(among=few) if number else Entry.objects.none()
        paginator = Paginator(
            (ranked.filter(section=section) if section else ranked).values_list("pk", flat=True), ON_A_PAGE
        )
        paginator.count = number  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        keys = list(page.object_list)
        entries = Entry.objects.in_bulk(keys)
        found, found_by = [], {}
        of_term = {form: term.text for term in query.terms for form in term.forms}
        for entry in map(entries.get, keys):
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
            number = 0 if code == query.language else Query(query.text, code).matches().count()
            if number:
                with override(code):
                    found.append((code, BY_SECTION[self.section].url, number))
        return found


def found(query):
    """Return the keys of all matches, None where there are very many, and the number of matches in each section.

    A word that is rare is looked for once, in all texts; a common one is found soon in each of them.
    """
    matches = query.matches().order_by()
    few = list(matches.values_list("pk", "section")[: VERY_MANY + 1])
    if len(few) <= VERY_MANY:
        return [key for key, _section in few], Counter(section for _key, section in few)
    return None, dict(matches.values_list("section").annotate(Count("pk")))


class OpenSearchView(TemplateView):
    """By which a browser offers this search in its own field (OpenSearch 1.1)."""

    template_name = "opensearch.xml"
    content_type = "application/opensearchdescription+xml"
    extra_context = {"site": settings.SITE_URL}

"""The views that belong to no app: the redirect to a language, robots.txt, the glossary and the sources."""

from django.apps import apps
from django.conf import settings
from django.db.models import Count, F, Value, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.generic import TemplateView

from recruit_site.content.models import Chapter, Publishable, Source, Term
from recruit_site.web import structured_data
from recruit_site.web.base_views import SectionView
from recruit_site.web.glossary_index import letters
from recruit_site.web.languages import asked_language

#: The list of sources names at most so many pieces of each kind on a source.
LISTED_OF_A_KIND = 100


def to_language(request, page=""):
    """Redirect from an address without a language to the reader's language, Japanese if the site does not have it."""
    response = HttpResponseRedirect(f"/{asked_language(request)}/{page}")
    patch_vary_headers(response, ("Accept-Language",))
    return response


class RobotsView(TemplateView):
    template_name = "robots.txt"
    content_type = "text/plain"
    extra_context = {"sitemap": f"{settings.SITE_URL}/sitemap.xml"}

    def get_context_data(self, **kwargs):
        """Add the admin's address only if it is the default one: robots.txt must not reveal a secret address."""
        admin = reverse("admin:index")
        return super().get_context_data(admin=admin if admin == "/admin/" else "", **kwargs)


class GlossaryView(SectionView):
    """All terms. Context: `terms`, and `letters`, the same terms in the order and in the groups of the language."""

    section = "glossary"
    template_name = "glossary.html"

    def get_context_data(self, **kwargs):
        terms = Term.objects.published().with_published("source")
        return super().get_context_data(shown=terms, terms=terms, letters=letters(terms), **kwargs)

    def structured_data_nodes(self, context):
        terms = [structured_data.defined_term(term) for term in context["terms"]]
        return [self.page_node("DefinedTermSet", context, hasDefinedTerm=terms)]


def chooses_page(model):
    """Return whether the pieces of a model say by their field `has_page` if they have a page of their own."""
    return any(field.name == "has_page" for field in model._meta.concrete_fields)


def pieces_by_source():
    """Return {primary key of a source document: (number of live pieces on it, the first pieces of each kind)}.

    One query reads all kinds. The pieces have only the fields that their links show and must not be saved.
    """
    kinds = [
        model for model in apps.get_models() if issubclass(model, Publishable) and hasattr(model, "get_absolute_url")
    ]
    shown = ("slug", "title_ja", "title_en", "source_section_ja", "source_section_en")
    choosing = [model for model in kinds if chooses_page(model)]
    rows = [
        model.objects.published()
        .exclude(source=None)
        .annotate(
            of_model=Value(number),
            of_section=F("section") if model is Chapter else Value(""),
            of_page=F("has_page") if model in choosing else Value(True),
            nth=Window(RowNumber(), "source", list(model._meta.ordering)),
            number=Window(Count("pk"), "source"),
        )
        .filter(nth__lte=LISTED_OF_A_KIND)
        .order_by()
        .values_list("of_model", "nth", "source", "number", "of_section", "of_page", *shown)
        for number, model in enumerate(kinds)
    ]
    by_source = {}
    for kind, nth, source, number, section, page, *values in (
        rows[0].union(*rows[1:], all=True).order_by("of_model", "nth")
    ):
        where = {"section": section} if section else {"has_page": page} if kinds[kind] in choosing else {}
        piece = kinds[kind](**dict(zip(shown, values, strict=True)), **where)
        total, pieces = by_source.setdefault(source, (0, []))
        by_source[source] = total + (number if nth == 1 else 0), [*pieces, piece]
    return by_source


class SourceListView(SectionView):
    """The source documents that live pieces rest on: the number of pieces on each, and the first of each kind."""

    section = "sources"
    template_name = "source_list.html"

    def get_context_data(self, **kwargs):
        pieces = pieces_by_source()
        sources = [
            (source, number, listed, number - len(listed))
            for source in Source.objects.all()
            if source.pk in pieces
            for number, listed in [pieces[source.pk]]
        ]
        return super().get_context_data(sources=sources, **kwargs)

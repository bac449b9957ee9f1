"""The home page and the pages of no app. Besides urls.py only this module knows every app."""

from itertools import chain

from django.apps import apps
from django.conf import settings
from django.db.models import Count, F, Q, Value, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from careers.family import family_chart, place_uses, published_uses
from careers.line import career_lines
from careers.models import Figure, LifeStage, Notice, PathStage, Profession
from careers.paths import model_path
from faq.models import Question
from interviews.clock import drawn
from interviews.models import Day, Interview
from recruit_site import linked_data
from recruit_site.languages import asked_language
from recruit_site.lists import ON_A_PAGE
from recruit_site.localised import with_parts
from recruit_site.models import Chapter, Source, Term
from recruit_site.publishing import Publishable
from recruit_site.search.address import search_address
from recruit_site.section_pages import SectionView
from recruit_site.wordings import wording


def to_language(request, page=""):
    """Lead from an address without a language to the reader's; Japanese where the browser asks for neither."""
    response = HttpResponseRedirect(f"/{asked_language(request)}/{page}")
    patch_vary_headers(response, ("Accept-Language",))
    return response


class RobotsView(TemplateView):
    template_name = "robots.txt"
    content_type = "text/plain"
    extra_context = {"sitemap": f"{settings.SITE_URL}/sitemap.xml"}

    def get_context_data(self, **kwargs):
        """Name the admin under its usual address alone: one that was chosen to be found by nobody is told to nobody."""
        admin = reverse("admin:index")
        return super().get_context_data(admin=admin if admin == "/admin/" else "", **kwargs)


def is_history(chapter):
    return chapter.section == "mission" and chapter.layout == Chapter.Layout.TIMELINE


class HomeView(SectionView):
    """A digest of the site: the openings of its main pages with a taste of each."""

    section = "home"
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        taste = self.openings() | self.lists() | self.charts()
        whole = [*filter(None, [taste["history"]]), *taste["days"]]
        heads = [*chain.from_iterable(taste[name] for name in ("figures", "professions", "interviews", "questions"))]
        pictures = [interview.picture for interview in taste["interviews"]]
        lists = (taste[name] for name in ("figures", "professions", "interviews", "days", "questions"))
        shown = [taste["history"], *chain.from_iterable(lists)]
        texts = [*chain.from_iterable(map(with_parts, whole)), *heads, *pictures]
        return super().get_context_data(
            shown=shown, texts=texts, notices=Notice.objects.published().digest(), **taste, **kwargs
        )

    @cached_property
    def chapters(self):
        """The chapters of this page, those that open others, and the history: in one query."""
        opening, history = Q(slug=F("section")), Q(layout=Chapter.Layout.TIMELINE, section="mission")
        chapters = Chapter.objects.published().filter(opening | history | Q(section=self.section))
        return list(chapters.with_published("passages", "picture", "source"))

    def chapters_of_page(self):
        return [chapter for chapter in self.chapters if chapter.section == self.section]

    def openings(self):
        """Return the openings of the main pages, by the names of their sections, and the history."""
        return {
            "openings": {chapter.section.replace("-", "_"): chapter for chapter in self.chapters if chapter.opens_page},
            "history": next((chapter for chapter in self.chapters if is_history(chapter)), None),
        }

    def lists(self):
        newest = Interview.objects.published().newest_first().with_published("person__duty", "picture", "source")
        interviews = list(newest[:12])
        return {
            "figures": list(Figure.objects.published().filter(section="home").with_published("source")),
            "professions": list(Profession.objects.published().with_published("projects", "source")),
            "interviews": interviews,
            "spotlight": next((interview for interview in interviews if interview.person.is_named), None),
            "questions": list(Question.objects.published().first_of_each_topic().with_published("source")),
        }

    def charts(self):
        days = list(Day.objects.published().with_published("entries", "source")[:3])
        moments = list(LifeStage.objects.published())
        return {
            "days": days,
            "drawing": drawn(days),
            "lines": career_lines([model_path(PathStage.objects.published())], words=False),
            "family": family_chart(moments, place_uses(moments, published_uses())),
        }

    def described(self, context):
        name = wording(self.request, "site-name").text or context["title"]
        search = search_address(self.request)
        site = linked_data.website(self.request.path, name, context["languages"], context["changed_at"], search)
        return [site, linked_data.ministry()]

    def pictures(self, context):
        history, spotlight = context["history"], context["spotlight"]
        found = [history.shown_picture] if history and history.picture else []
        return [*found, spotlight.picture.portrait] if spotlight and spotlight.picture else found


class GlossaryView(SectionView):
    section = "glossary"
    template_name = "glossary.html"

    def get_context_data(self, **kwargs):
        terms = Term.objects.published().with_published("source")
        return super().get_context_data(shown=terms, terms=terms, **kwargs)

    def described(self, context):
        terms = [linked_data.defined_term(term) for term in context["terms"]]
        return [self.page_node("DefinedTermSet", context, hasDefinedTerm=terms)]


def resting_on():
    """Return (number of live pieces, the first of each kind) that rest on a source document, by its key.

    One query for all kinds: a piece has only what its link shows, and is not to be saved.
    """
    kinds = [
        model for model in apps.get_models() if issubclass(model, Publishable) and hasattr(model, "get_absolute_url")
    ]
    shown = ("slug", "title_ja", "title_en", "source_section_ja", "source_section_en")
    rows = [
        model.objects.published()
        .exclude(source=None)
        .annotate(
            of_model=Value(number),
            of_section=F("section") if model is Chapter else Value(""),
            nth=Window(RowNumber(), "source", list(model._meta.ordering)),
            number=Window(Count("pk"), "source"),
        )
        .filter(nth__lte=ON_A_PAGE)
        .order_by()
        .values_list("of_model", "nth", "source", "number", "of_section", *shown)
        for number, model in enumerate(kinds)
    ]
    found = {}
    for kind, nth, source, number, section, *values in rows[0].union(*rows[1:], all=True).order_by("of_model", "nth"):
        piece = kinds[kind](**dict(zip(shown, values, strict=True)), **({"section": section} if section else {}))
        total, pieces = found.setdefault(source, (0, []))
        found[source] = total + (number if nth == 1 else 0), [*pieces, piece]
    return found


class SourceListView(SectionView):
    """Every source document, how many live pieces rest on it, and the first of each kind."""

    section = "sources"
    template_name = "source_list.html"

    def get_context_data(self, **kwargs):
        pieces = resting_on()
        sources = [(source, *pieces[source.pk]) for source in Source.objects.all() if source.pk in pieces]
        return super().get_context_data(sources=sources, **kwargs)

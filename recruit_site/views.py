"""The home page and the pages of no app. Besides urls.py only this module knows every app."""

from itertools import chain

from django.apps import apps
from django.conf import settings
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.views.generic import TemplateView

from careers.family import family_chart, uses
from careers.line import career_lines
from careers.models import Figure, LifeStage, Notice, PathStage, Profession, WorkLifeProgramme
from careers.paths import model_path
from faq.models import Question
from interviews.clock import drawn
from interviews.models import Day, Interview
from recruit_site import linked_data
from recruit_site.delivery.kept import kept
from recruit_site.languages import asked_language
from recruit_site.lists import ON_A_PAGE
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


@kept
def digest(language):
    """Return what the home page takes of other pages but their lists, by its name. The charts are drawn already."""
    chapters = Chapter.objects.published().filter(
        Q(slug=F("section")) | Q(layout=Chapter.Layout.TIMELINE, section="mission")
    )
    chapters = list(chapters.with_published("passages", "picture", "source"))
    days = list(Day.objects.published().with_published("entries", "source")[:3])
    moments = list(LifeStage.objects.published())
    programmes = WorkLifeProgramme.objects.published().with_published("uses")
    with override(language):
        lines = career_lines([model_path(PathStage.objects.published())], words=False)
        return {
            "openings": {chapter.section.replace("-", "_"): chapter for chapter in chapters if chapter.opens_page},
            "history": next((chapter for chapter in chapters if is_history(chapter)), None),
            "figures": list(Figure.objects.published().filter(section="home").with_published("source")),
            "professions": list(Profession.objects.published().with_published("projects", "source")),
            "days": days,
            "day_chart": component("day_chart", drawing=drawn(days), key=False, hatch="lunch"),
            "lines": [component("career_line", line=line) for line in lines],
            "family": component(
                "spans",
                chart=family_chart(moments, uses(moments, programmes)),
                above=None,
                below=None,
                bar=None,
                moment="components/family_moment.html",
            ),
        }


@kept
def newest_interviews():
    interviews = Interview.objects.published().newest_first().with_published("person__duty", "picture", "source")
    return list(interviews[:12])


@kept
def first_questions():
    return list(Question.objects.published().first_of_each_topic().with_published("source"))


def component(name, **props):
    return render_to_string(f"components/{name}.html", props)


class HomeView(SectionView):
    """A digest of the site: the openings of its main pages with a taste of each."""

    section = "home"
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        interviews = newest_interviews()
        taste = digest(get_language()) | {
            "notices": Notice.objects.published().digest(),
            "interviews": interviews,
            "spotlight": next((interview for interview in interviews if interview.person.is_named), None),
            "questions": first_questions(),
        }
        lists = [taste[name] for name in ("figures", "professions", "interviews", "days", "questions")]
        shown = [taste["history"], *chain.from_iterable(lists)]
        return super().get_context_data(shown=shown, **taste, **kwargs)

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


@kept
def resting(model):
    """Return ((source, number), …) of the live pieces of a kind that rest on a document, and the first on each."""
    pieces = model.objects.published().exclude(source=None)
    numbers = list(pieces.order_by().values_list("source").annotate(Count("pk")))
    nth = Window(RowNumber(), "source", list(model._meta.ordering))
    return numbers, list(pieces.annotate(nth=nth).filter(nth__lte=ON_A_PAGE))


def resting_on():
    """Return (number of live pieces, the first of each kind) that rest on a source document, by its key."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Publishable) and hasattr(model, "get_absolute_url"):
            numbers, first = resting(model)
            for source, number in numbers:
                total, named = found.get(source, (0, []))
                found[source] = total + number, named
            for piece in first:
                found[piece.source_id][1].append(piece)
    return found


class SourceListView(SectionView):
    """Every source document, how many live pieces rest on it, and the first of each kind."""

    section = "sources"
    template_name = "source_list.html"

    def get_context_data(self, **kwargs):
        pieces = resting_on()
        sources = [(source, *pieces[source.pk]) for source in Source.objects.all() if source.pk in pieces]
        return super().get_context_data(sources=sources, **kwargs)

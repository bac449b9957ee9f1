"""The home page and the pages of no app. Besides urls.py only this module knows every app."""

from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.generic import TemplateView

from careers.family import family_chart, uses
from careers.line import career_lines
from careers.models import Figure, LifeStage, Notice, PathStage, Profession, WorkLifeProgramme
from careers.paths import model_path
from faq.models import Question
from interviews.clock import drawn
from interviews.models import Day, Interview
from recruit_site import linked_data
from recruit_site.languages import asked_language
from recruit_site.models import Chapter, Source, Term
from recruit_site.publishing import Publishable
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


class HomeView(SectionView):
    """A digest of the site: the openings of its main pages with a taste of each."""

    section = "home"
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        chapters = Chapter.objects.published().with_published("source")
        openings = {chapter.section.replace("-", "_"): chapter for chapter in chapters.filter(slug=F("section"))}
        timelines = chapters.filter(layout=Chapter.Layout.TIMELINE, section="mission")
        history = timelines.with_published("passages", "picture").first()
        figures = list(Figure.objects.published().filter(section=self.section).with_published("source"))
        interviews = list(
            Interview.objects.published().newest_first().with_published("person__duty", "picture", "source")[:12]
        )
        professions = list(Profession.objects.published().with_published("projects", "source"))
        days = list(Day.objects.published().with_published("entries", "source")[:3])
        stages = list(PathStage.objects.published().with_published("source"))
        moments = list(LifeStage.objects.published())
        programmes = WorkLifeProgramme.objects.published().with_published("uses")
        questions = list(Question.objects.published().first_of_each_topic().with_published("source"))
        return super().get_context_data(
            shown=[history, *figures, *professions, *interviews, *days, *questions],
            openings=openings,
            notices=Notice.objects.published().digest(),
            figures=figures,
            history=history,
            professions=professions,
            spotlight=next((interview for interview in interviews if interview.person.is_named), None),
            interviews=interviews,
            days=days,
            drawing=drawn(days),
            lines=career_lines([model_path(stages)], words=False),
            family=family_chart(moments, uses(moments, programmes)),
            questions=questions,
            **kwargs,
        )

    def described(self, context):
        name = wording(self.request, "site-name").text or context["title"]
        site = linked_data.website(self.request.path, name, context["languages"], context["changed_at"])
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


class SourceListView(SectionView):
    """Every source document, and the live pieces that rest on it."""

    section = "sources"
    template_name = "source_list.html"

    def get_context_data(self, **kwargs):
        resting = {}
        for model in apps.get_models():
            if issubclass(model, Publishable) and hasattr(model, "get_absolute_url"):
                for piece in model.objects.published().exclude(source=None):
                    resting.setdefault(piece.source_id, []).append(piece)
        sources = [(source, resting[source.pk]) for source in Source.objects.all() if source.pk in resting]
        return super().get_context_data(sources=sources, **kwargs)

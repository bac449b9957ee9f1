"""The home page. Only the package recruit_site/home and urls.py import from every app."""

from itertools import chain

from django.db.models import F, Q
from django.utils.functional import cached_property

from careers.career_chart import career_lines
from careers.career_paths import model_path, path_of, people_to_compare
from careers.family_chart import family_chart, place_uses, published_uses
from careers.map_spots import home_spots
from careers.models import LifeStage, Notice, PathStage, Place, Profession, RecruitingStep
from faq.models import Question
from interviews.clock_chart import clock_chart
from interviews.models import Day, Interview
from recruit_site.content.models import Chapter
from recruit_site.content.site_text_lookup import site_text
from recruit_site.content.translated_fields import rows_shown_with
from recruit_site.web import structured_data
from recruit_site.web.base_views import SectionView
from recruit_site.web.search_url import search_address

#: The opening chapters of other pages whose leads are on the home page.
OPENINGS = ("mission", "interviews", "days", "paths", "work_life", "faq")
#: The kinds of places that the map of the home page shows: its source note names their documents.
ON_MAP = (Place.Kind.HEADQUARTERS, *Place.JOINED_TO_TOKYO)


def is_history(chapter):
    return chapter.section == "mission" and chapter.layout == Chapter.Layout.TIMELINE


class HomeView(SectionView):
    """The home page: the opening chapters of the main pages, with a sample of the content of each."""

    section = "home"
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        taste = self.opening_context() | self.list_context() | self.chart_context()
        whole = [*filter(None, [taste["history"]]), *taste["days"]]
        heads = [*chain.from_iterable(taste[name] for name in ("professions", "interviews", "questions"))]
        pictures = [interview.picture for interview in taste["interviews"]]
        scenes = [profession.scene for profession in taste["professions"]]
        lists = (taste[name] for name in ("professions", "interviews", "days"))
        places = [place for spot in taste["spots"] for place in spot.places if place.kind in ON_MAP]
        openings = [taste["openings"].get(name) for name in OPENINGS]
        shown = [*places, *filter(None, openings), taste["history"], *chain.from_iterable(lists)]
        texts = [*chain.from_iterable(map(rows_shown_with, whole)), *heads, *pictures, *scenes]
        return super().get_context_data(
            shown=shown,
            texts=texts,
            notices=Notice.objects.published().digest(),
            steps=RecruitingStep.objects.published().near(),
            **taste,
            **kwargs,
        )

    @cached_property
    def chapters(self):
        """The chapters of the home page, the opening chapters of the other pages, and the history, in one query."""
        opening, history = Q(slug=F("section")), Q(layout=Chapter.Layout.TIMELINE, section="mission")
        chapters = Chapter.objects.published().filter(opening | history | Q(section=self.section))
        return list(chapters.with_published("passages__scene", "picture", "scene", "source"))

    def chapters_of_page(self):
        return [chapter for chapter in self.chapters if chapter.section == self.section]

    def opening_context(self):
        """Return the opening chapters of the main pages by section, with "_" for "-", and the history chapter."""
        return {
            "openings": {chapter.section.replace("-", "_"): chapter for chapter in self.chapters if chapter.opens_page},
            "history": next((chapter for chapter in self.chapters if is_history(chapter)), None),
        }

    def list_context(self):
        people = Interview.objects.published().by_group().with_published("person__duty", "picture", "source")
        interviews = list(people[:12])
        spotlight = next((interview for interview in interviews if interview.person.is_named), None)
        return {
            "spots": home_spots(self.places),
            "professions": list(Profession.objects.published().with_published("projects", "scene", "source")),
            "interviews": interviews,
            "others": [interview for interview in interviews if interview != spotlight],
            "spotlight": spotlight,
            "questions": list(Question.objects.published().answered().first_of_each_topic().with_published("source")),
        }

    def chart_context(self):
        clock = clock_chart(self.days())
        moments = list(LifeStage.objects.published())
        return {
            "days": [clock.home.day, clock.away.day] if clock else [],
            "clock": clock,
            "line": next(iter(career_lines([self.career()], words=False)), None),
            "family": family_chart(moments, place_uses(moments, published_uses())),
        }

    @cached_property
    def places(self):
        return list(Place.objects.published().with_published("source"))

    def days(self):
        """Return the published days, each with its place from the places of the map, which are read anyway."""
        days, places = list(Day.objects.published().with_published("entries", "source")), self.places
        for day in days:
            day.place = next((place for place in places if place.pk == day.place_id), None)
        return days

    @staticmethod
    def career():
        """Return the first career of the comparison, or else the model career."""
        people = people_to_compare().with_published("career_steps")[:1]
        return next(map(path_of, people), None) or model_path(PathStage.objects.published())

    def structured_data_nodes(self, context):
        name = site_text(self.request, "site-name").text or context["title"]
        search = search_address(self.request)
        site = structured_data.website(self.request.path, name, context["languages"], context["changed_at"], search)
        return [site, structured_data.ministry()]

    def pictures(self, context):
        history, spotlight = context["history"], context["spotlight"]
        pictures = [history.shown_picture] if history and history.picture else []
        return [*pictures, spotlight.picture.portrait] if spotlight and spotlight.picture else pictures

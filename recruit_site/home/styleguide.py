"""The styleguide: every component and chart, with real content and with content that is hard to draw.

It is for the people who work on the site: with DEBUG everybody sees it, otherwise only staff do.
"""

from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from careers.career_chart import career_lines
from careers.career_paths import CareerPath, CareerStretch, model_path, path_of
from careers.family_chart import family_chart, place_uses, published_uses
from careers.models import (
    CareerKind,
    CareerStep,
    Figure,
    LifeStage,
    Notice,
    PathStage,
    Person,
    Place,
    Profession,
    Project,
    TrainingProgramme,
)
from careers.training_chart import training_chart
from faq.models import Question
from interviews.day_chart import day_chart, day_table
from interviews.filters import InterviewFilter
from interviews.models import Day, Feature, Interview
from recruit_site.content.models import Chapter, Scene
from recruit_site.content.navigation import BY_SECTION
from recruit_site.media.models import Picture
from recruit_site.media.renditions import ResponsivePicture
from recruit_site.search import snippets
from recruit_site.search.models import SearchEntry
from recruit_site.search.query import Query
from recruit_site.search.suggestions import Suggestion
from recruit_site.web.accessibility.criteria import JIS
from recruit_site.web.accessibility.results import rows
from recruit_site.web.pagination import Neighbours
from recruit_site.web.search_views import Result
from recruit_site.web.share_pictures import share_picture

LONG_POST = {
    "title_ja": "在グレートブリテン及び北アイルランド連合王国日本国大使館 一等書記官兼情報通信担当官",
    "title_en": "First Secretary for information and communications, Embassy of Japan in the United Kingdom",
}


class StyleguideView(TemplateView):
    template_name = "styleguide.html"

    def dispatch(self, request, *args, **kwargs):
        if not (settings.DEBUG or request.user.is_staff):
            raise Http404("the styleguide is for staff")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page=BY_SECTION["home"],
            title=_("Styleguide"),
            languages=[code for code, _name in settings.LANGUAGES],
            **samples(self.request),
        )


def samples(request):
    """Return the context of the components: the first published piece of each kind, and hard cases."""
    days = list(Day.objects.published().with_published("entries", "place", "duty", "person__interviews", "source")[:3])
    stages = list(LifeStage.objects.published())
    used = place_uses(stages, published_uses())
    model = model_path(PathStage.objects.published())
    people = Person.objects.published().with_published("career_steps__place", "interviews")
    careers = [path for path in map(path_of, people) if path.stretches]
    interviews = list(Interview.objects.published().newest_first().with_published("person__duty", "person__profession"))
    features = Feature.objects.published().with_published(
        "chart__children__children__children",
        "beside_chart",
        "sections__speaker",
        "participants__person__career_steps__place",
    )
    places = Place.objects.published().with_published(
        "days", "features", "projects__profession", "training_programmes", "career_steps__person"
    )
    chapters = Chapter.objects.published().with_published("passages__scene", "picture", "scene", "source")
    interview_filter = InterviewFilter(request)
    return {
        "opening": next((chapter for chapter in chapters if chapter.opens_page), None),
        "chapter": next((chapter for chapter in chapters if chapter.layout != Chapter.Layout.TIMELINE), None),
        "history": chapters.filter(layout=Chapter.Layout.TIMELINE).first(),
        "document": chapters.filter(layout=Chapter.Layout.DOCUMENT).first(),
        "figures": Figure.objects.published()[:4],
        "professions": Profession.objects.published().with_published("projects__place", "scene"),
        "project": Project.objects.published().with_published("place", "scene").first(),
        "place": places.first(),
        "interviews": interviews[:4],
        "named": next((interview for interview in interviews if interview.person.is_named), None),
        "filter": interview_filter,
        "neighbours": Neighbours(interviews[0], interviews[-1], "?year=2021") if interviews else None,
        "days": days,
        "day_table": day_table(days),
        "drawing": day_chart(days),
        "path": model,
        "lines": career_lines([model, *careers[:2], hard_path()]),
        "small_line": career_lines([model], words=False),
        "training": training_chart(list(TrainingProgramme.objects.published())),
        "family": family_chart(stages, used),
        "feature": next((feature for feature in features if feature.chart), None),
        "criteria": rows(JIS[:3], {}),
        "questions": Question.objects.published()[:3],
        "picture": drawn_picture(),
        "scenes": Scene.objects.all(),
        "notices": notices(),
        "pages": Paginator(range(3), 1).page(2),
        "results": results(),
        "nothing": Query("無い言葉"),
        "ways": [Suggestion("言葉", 3)],
    }


def results():
    """Return a page of two search results: one with a long title and a snippet, one with a short title alone."""
    long = [
        snippets.Stretch(LONG_POST["title_ja"], False),
        snippets.Stretch("通信", True),
        snippets.Stretch("担当官", False),
    ]
    entries = [SearchEntry(place="/ja/"), SearchEntry(place="/en/")]
    samples_of_results = [
        Result(entries[0], BY_SECTION["faq"].label, long, [snippets.Stretch("通信", True)], long * 3),
        Result(entries[1], BY_SECTION["glossary"].label, [snippets.Stretch("LAN", True)], [], []),
    ]
    return Paginator(samples_of_results, 2).page(1)


def drawn_picture():
    """Return the share picture of the home page as a picture with a caption and a credit. It is not stored."""
    words = {
        "alt_ja": "夜の海の色の地に、題名と一本の線",
        "alt_en": "A title and a line on the colour of the sea at night",
        "caption_ja": "リンクに添えられる絵。",
        "caption_en": "The picture that stands beside a link.",
        "credit_ja": "このサイトが描いたもの",
        "credit_en": "Drawn by this site",
    }
    src = reverse("share", args=("",))
    return ResponsivePicture(
        Picture(**words), share_picture.WIDTH, share_picture.HEIGHT, src, f"{src} {share_picture.WIDTH}w", []
    )


def hard_path():
    """Return a career with many short stations and long posts, some without a year."""
    starts = [0, 1, 1, 2, None, 3, 4, None, None, 9, 10]
    kinds = [CareerKind.HEADQUARTERS, CareerKind.ABROAD, CareerKind.ABROAD, CareerKind.SECONDMENT]
    return CareerPath(
        "hard",
        None,
        stretches=[
            CareerStretch(CareerStep(**LONG_POST), kinds[number % len(kinds)], start, None)
            for number, start in enumerate(starts)
        ],
    )


def notices():
    """Return a notice in each of its states. The notices are not stored."""
    now = timezone.now()
    day = timedelta(days=1)
    states = [
        {"starts_at": now + 9 * day, "ends_at": now + 9.1 * day, "apply_until": now + 7 * day},
        {"starts_at": now + 9 * day, "ends_at": now + 11 * day, "apply_until": now - day},
        {"starts_at": now + 9 * day, "cancelled": True},
        {},
    ]
    samples_of_notices = [Notice(slug=f"notice-{number}", **LONG_POST, **state) for number, state in enumerate(states)]
    for notice in samples_of_notices:
        notice.date = notice.starts_at or now  # the database generates the date of a stored notice
        if notice.is_briefing:
            notice.venue_ja, notice.venue_en = LONG_POST["title_ja"], LONG_POST["title_en"]
    return samples_of_notices

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
from careers.map_spots import home_spots, spots
from careers.models import (
    CareerKind,
    CareerStep,
    ExamCategory,
    Figure,
    LifeStage,
    Notice,
    PathStage,
    Person,
    Place,
    Profession,
    Project,
    RecruitingStep,
    TrainingProgramme,
)
from careers.training_chart import training_chart
from faq.models import Question, QuestionLink
from interviews.clock_chart import clock_chart
from interviews.day_chart import day_chart
from interviews.models import Day, Feature, Interview
from recruit_site.content.models import Chapter, Scene, Scope, Source
from recruit_site.content.navigation import BY_SECTION
from recruit_site.content.related import Related, with_related
from recruit_site.media.models import Picture
from recruit_site.media.renditions import ResponsivePicture
from recruit_site.search import snippets
from recruit_site.search.models import SearchEntry
from recruit_site.search.query import Query
from recruit_site.search.suggestions import Suggestion
from recruit_site.web.accessibility.criteria import JIS
from recruit_site.web.accessibility.results import rows
from recruit_site.web.glossary_index import Letter
from recruit_site.web.pagination import Neighbours
from recruit_site.web.search_views import Result
from recruit_site.web.share_pictures import share_picture

LONG_POST = {
    "title_ja": "在グレートブリテン及び北アイルランド連合王国日本国大使館 一等書記官兼情報通信担当官",
    "title_en": "First Secretary for information and communications, Embassy of Japan in the United Kingdom",
}

NOTE = {
    "note_ja": "この名称は、資料がつくられた後に変わりました。",
    "note_en": "This name has changed since the document was written.",
    "note_source_ja": "外務省の発表",
    "note_source_en": "Announcement by the ministry",
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
            **samples(),
        )


def samples():
    """Return the context of the components: the first published piece of each kind, and hard cases."""
    days = list(Day.objects.published().with_published("entries", "place", "duty", "person__interviews", "source")[:3])
    stages = list(LifeStage.objects.published())
    used = place_uses(stages, published_uses())
    model = model_path(PathStage.objects.published())
    people = Person.objects.published().with_published("career_steps__place", "interviews")
    careers = sorted((path for path in map(path_of, people) if path.stretches), key=lambda path: not path.is_dated)
    interviews = with_related(
        Interview.objects.published().by_group().with_published("answers", "person__duty", "related_links")
    )
    features = Feature.objects.published().with_published(
        "chart__children__children__children",
        "beside_chart",
        "sections__speaker",
        "participants__person__career_steps__place",
    )
    places = list(Place.objects.published().with_pieces())
    chapters = Chapter.objects.published().with_published("passages__scene", "picture", "scene", "source")
    return {
        "opening": next((chapter for chapter in chapters if chapter.opens_page), None),
        "chapter": next((chapter for chapter in chapters if chapter.layout != Chapter.Layout.TIMELINE), None),
        "history": chapters.filter(layout=Chapter.Layout.TIMELINE).first(),
        "document": chapters.filter(layout=Chapter.Layout.DOCUMENT).first(),
        "figures": Figure.objects.published()[:4],
        "professions": Profession.objects.published().with_published("projects__place", "scene"),
        "project": Project.objects.published().with_published("place", "scene").first(),
        "spots": spots(places),
        "home_spots": home_spots(places),
        "interviews": [*interviews[:3], *interviews[-1:]],
        "voice": next((interview for interview in interviews if not interview.has_page), None),
        "named": next((interview for interview in interviews if interview.person.is_named), None),
        "neighbours": Neighbours(interviews[0], interviews[-1]) if interviews else None,
        "days": days,
        "clock": clock_chart(days),
        "drawing": day_chart(days),
        "careers": [model, *careers[:1]],
        "lines": career_lines([model, *careers[:2], hard_path(), long_path()]),
        "small_lines": career_lines([*careers[:1], model], words=False),
        "training": training_chart(list(TrainingProgramme.objects.published())),
        "family": family_chart(stages, used),
        "use": next(iter(used), None),
        "feature": next((feature for feature in features if feature.chart), None),
        "criteria": rows(JIS[:3], {}),
        "questions": questions(),
        "bases": {"STATED": 27, "ENTERED": 1, "SILENT": 31},
        "exam_categories": ExamCategory.objects.published(),
        "steps": [*entered_steps(), *RecruitingStep.objects.published()[:1]],
        "picture": drawn_picture(),
        "letters": [Letter("あ", []), Letter("A–Z", [])],
        "scenes": Scene.objects.all(),
        "notices": notices(),
        "related": related(),
        "scopes": [Question(scope=scope, source=scoped_source()) for scope in Scope],
        "noted": Question(note_on=timezone.localdate(), note_url="https://www.mofa.go.jp/", **NOTE),
        "pages": Paginator(range(3), 1).page(2),
        "results": results(),
        "nothing": Query("無い言葉"),
        "unknown": ["言葉"],
        "ways": [Suggestion("言葉", 3)],
    }


def related():
    """Return a link to a related piece with a long reason, and one to a passage. They are not stored."""
    target = Question(slug="long", **LONG_POST)
    words = {"text_ja": LONG_POST["title_ja"], "text_en": LONG_POST["title_en"]}
    return [Related(QuestionLink(heading=heading, **words), target) for heading in ("", "passage")]


def scoped_source():
    names = {
        "short_title_ja": "情報通信課の採用案内",
        "short_title_en": "the guide of the Information and Communications Division",
    }
    return Source(dating_ja="発行年の記載なし", dating_en="no year of issue is given", **names)


def results():
    """Return a page of two search results: one with a long title and a snippet, one with a short title alone."""
    long = [
        snippets.Stretch(LONG_POST["title_ja"], False),
        snippets.Stretch("通信", True),
        snippets.Stretch("担当官", False),
    ]
    entries = [SearchEntry(place="/ja/"), SearchEntry(place="/en/", is_answered=False)]
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
    """Return a career with long posts, some without a year and some with a stated length."""
    years = [2010, None, 2011, 2013, None, 2020]
    kinds = [CareerKind.HEADQUARTERS, CareerKind.ABROAD, CareerKind.ABROAD, CareerKind.SECONDMENT, CareerKind.OTHER]
    stretches = [
        CareerStretch(
            CareerStep(slug=f"step-{number}", kind=kind, **LONG_POST), kind, year, length=None if year else number
        )
        for number, (year, kind) in enumerate(zip(years, [*kinds, kinds[0]], strict=True))
    ]
    return CareerPath("hard", None, stretches=stretches)


def long_path():
    """Return a career with more posts than a drawing has room for."""
    kinds = [CareerKind.HEADQUARTERS, CareerKind.ABROAD] * 8
    steps = [CareerStep(slug=f"step-{number}", kind=kind, **LONG_POST) for number, kind in enumerate(kinds)]
    return CareerPath("long", None, stretches=[CareerStretch(step, step.kind) for step in steps])


def questions():
    """Return an answered question, one that the documents do not answer, and one that staff answered, not stored."""
    published = Question.objects.published().with_published("topic", "source", "contact")
    first = [*published.answered()[:1], *published.to_be_filled_in().exclude(known_ja="")[:1]]
    if not first:
        return []
    texts = {"text_ja": "職員が書いた答え。", "text_en": "An answer by staff."}
    questions = [*first, Question(slug="entered", topic=first[0].topic, **LONG_POST, **texts, **official_page())]
    for question in questions:
        question.related = []
    return questions


def official_page():
    names = {"official_title_ja": "公式の案内", "official_title_en": "Official page"}
    return names | {"official_url": "https://www.example.go.jp/", "official_checked_on": timezone.localdate()}


def entered_steps():
    """Return a step to come and one that is over, which are not stored."""
    today = timezone.localdate()
    steps = [
        RecruitingStep(starts_on=today, ends_on=today + timedelta(days=9), **LONG_POST, **official_page()),
        RecruitingStep(ends_on=today - timedelta(days=9), **LONG_POST),
    ]
    for number, step in enumerate(steps):
        step.slug, step.pk = f"sample-{number}", -1 - number  # a row without a key has no exam categories to read
    return steps


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

"""Tests that readers see published content only: on pages, as part of pages, in lists and in the sitemap."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import models as careers
from faq.models import Question, Topic
from interviews.models import Day, Interview
from recruit_site.content.models import Chapter, Publishable, SiteText
from recruit_site.content.visibility import State
from tests import factories
from tests.page_text import read, read_sitemap

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)

#: The ways in which a piece is not published: functions of the current time that return the fields to set.
HIDDEN = {
    "draft": lambda now: {"state": State.DRAFT},
    "in review": lambda now: {"state": State.REVIEW},
    "archived": lambda now: {"state": State.ARCHIVED},
    "scheduled": lambda now: {"publish_from": now + HOUR},
    "expired": lambda now: {"publish_until": now - HOUR},
}


@pytest.fixture(params=HIDDEN)
def hidden(request):
    return HIDDEN[request.param](timezone.now())


def test_piece_is_published_when_live_and_within_its_times(hidden):
    now = timezone.now()
    seen = [
        factories.question(),
        factories.question(publish_from=now - HOUR),
        factories.question(publish_until=now + HOUR),
        factories.question(publish_from=now - HOUR, publish_until=now + HOUR),
    ]
    unseen = factories.question(**hidden)
    published = Question.objects.published()
    assert [piece in published for piece in (*seen, unseen)] == [True, True, True, True, False]


def test_schedule_takes_effect_without_anyone_doing_anything(client, monkeypatch):
    piece = factories.question(publish_from=timezone.now() + HOUR)
    assert client.get(piece.get_absolute_url()).status_code == 404
    later = timezone.now() + 2 * HOUR
    monkeypatch.setattr("recruit_site.content.querysets.timezone.now", lambda: later)
    assert client.get(piece.get_absolute_url()).status_code == 200


PAGES_OF_PIECES = [factories.question, factories.interview, factories.feature, factories.notice]


@pytest.mark.parametrize("make", PAGES_OF_PIECES)
@pytest.mark.parametrize("condition", ["draft", "in review", "scheduled"])
def test_page_of_a_piece_that_is_not_live_yet_is_not_found(client, make, condition):
    piece = make(**HIDDEN[condition](timezone.now()))
    assert client.get(piece.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("make", PAGES_OF_PIECES)
@pytest.mark.parametrize("condition", ["archived", "expired"])
def test_page_of_a_withdrawn_piece_is_gone_and_tells_nothing_of_it(client, make, condition):
    piece = make(title_ja="取り下げた題名", **HIDDEN[condition](timezone.now()))
    response = client.get(piece.get_absolute_url())
    html = read(response)
    assert (response.status_code, "このページの公開は終わりました" in html) == (410, True)
    assert response["Cache-Control"] == "no-cache"  # it may be published again
    assert "取り下げた題名" not in html


def opening(section, **fields):
    """Create the opening chapter of a section in the place of the fixtures' one."""
    Chapter.objects.filter(slug=section).delete()
    return factories.chapter(section=section, slug=section, **fields)


def only_timeline(**fields):
    Chapter.objects.filter(layout=Chapter.Layout.TIMELINE).delete()
    return factories.chapter(layout=Chapter.Layout.TIMELINE, **fields)


def site_text(slug, title_ja, **fields):
    """Create a site text whose text is a title. It keeps the slug, because templates look site texts up by slug."""
    SiteText.objects.filter(slug=slug).delete()
    return factories.live(SiteText, slug=slug, text_ja=title_ja, **fields)


def past(**fields):
    start = datetime(2020, 4, 1, tzinfo=UTC)
    return factories.notice(**{"starts_at": start, "ends_at": start + HOUR} | fields)


def told(make, title_ja, **fields):
    """Make an interview whose lead, which lists show, is a title."""
    return make(lead_ja=title_ja, **fields)


def day_on_clock(title_ja, **fields):
    """Make a day in Tokyo's time, which the clock of the home page names by its city, and not by its title."""
    city = factories.place(city_ja=title_ja, time_zone="Asia/Tokyo")
    return factories.day(order=1, place=city, title_ja="一日", **fields)


NO_ANSWER = {"text_ja": "", "text_en": ""}

#: The places where a draft could leak: the path of a page, and a factory of the content that the page lists.
LISTED = {
    "home: openings": ("/ja/", lambda **fields: opening("days", **fields)),
    "home: history": ("/ja/", lambda **fields: only_timeline(**fields)),
    "home: statement": ("/ja/", lambda **fields: factories.chapter(section="home", layout="statement", **fields)),
    "home: interviews": ("/ja/", lambda **fields: told(factories.interview, **fields)),
    "home: days": ("/ja/", lambda **fields: day_on_clock(**fields)),
    "home: briefings": ("/ja/", factories.briefing),
    "home: notices": ("/ja/", factories.notice),
    "home: steps of recruiting": ("/ja/", lambda **fields: factories.recruiting_step(0, **fields)),
    "home: first questions": ("/ja/", factories.question),
    "mission": ("/ja/mission/", factories.chapter),
    "work: duties": ("/ja/work/", lambda **fields: factories.live(careers.Duty, **factories.texts("duty") | fields)),
    "places": ("/ja/places/", factories.place),
    "paths": ("/ja/paths/", factories.stage),
    "training": ("/ja/training/", factories.training),
    "work-life: programmes": ("/ja/work-life/", factories.programme),
    "work-life: moments": ("/ja/work-life/", lambda **fields: factories.live(careers.LifeStage, **fields)),
    "apply: categories": ("/ja/apply/", factories.exam_category),
    "apply: steps": ("/ja/apply/", factories.recruiting_step),
    "apply: answers": ("/ja/apply/", factories.question),
    "apply: answers not in the documents": ("/ja/apply/", lambda **fields: factories.question(**NO_ANSWER | fields)),
    "apply: contacts": ("/ja/apply/", lambda **fields: factories.live(careers.Contact, **fields)),
    "apply: briefings": ("/ja/apply/", factories.briefing),
    "apply: notices": ("/ja/apply/", factories.notice),
    "notices": ("/ja/notices/", factories.briefing),
    "notices: past": ("/ja/notices/?year=2020", past),
    "interviews": ("/ja/interviews/", lambda **fields: told(factories.interview, **fields)),
    "interviews: voices": ("/ja/interviews/", factories.voice),
    "days": ("/ja/days/", factories.day),
    "professions": ("/ja/professions/", lambda **fields: factories.live(careers.Profession, **fields)),
    "professions: projects": ("/ja/professions/", factories.project),
    "features": ("/ja/features/", factories.feature),
    "glossary": ("/ja/glossary/", factories.term),
    "faq: questions": ("/ja/faq/", factories.question),
    "calendar: steps": ("/ja/notices/calendar.ics", lambda **fields: factories.recruiting_step(1, **fields)),
    "feed: steps": ("/ja/notices/feed.xml", lambda **fields: factories.recruiting_step(1, **fields)),
    "about": ("/ja/about/", lambda **fields: factories.chapter(section="about", **fields)),
    "foot of every page": ("/ja/about/", factories.exam_category),
    "sentences of the site": ("/ja/about/", lambda **fields: site_text("disclaimer", **fields)),
}


@pytest.mark.parametrize(("path", "make"), LISTED.values(), ids=LISTED)
def test_list_shows_what_is_live_and_nothing_else(client, path, make):
    make(title_ja="見える題名")
    assert "見える題名" in read(client.get(path))
    for name, fields in HIDDEN.items():
        make(title_ja="見えない題名", **fields(timezone.now()))
        assert "見えない題名" not in read(client.get(path)), name


def test_every_kind_of_content_is_in_the_list_of_leaks():
    tested = {type(make(title_ja="題名")) for _path, make in LISTED.values()}
    shown_with_others = {
        careers.Figure,
        careers.Organisation,
        careers.Person,
        Topic,
    }  # each has a test of its own below
    assert set(all_content()) - tested == shown_with_others


def all_content():
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def test_question_of_a_hidden_topic_is_hidden_everywhere(client, hidden):
    topic = factories.live(Topic, title_ja="見えない話題", **hidden)
    piece = factories.question(topic=topic, title_ja="見えない質問")
    assert client.get(piece.get_absolute_url()).status_code == 404
    for path in ("/ja/", "/ja/faq/", "/sitemap-questions.xml"):
        text = read(client.get(path))
        assert ("見えない" in text, piece.slug in text) == (False, False), path


def test_topic_without_a_live_question_is_not_shown(client):
    factories.live(Topic, title_ja="空の話題")
    assert "空の話題" not in read(client.get("/ja/faq/"))


def test_hidden_question_is_not_offered_beside_its_neighbour(client, hidden):
    topic = factories.live(Topic)
    seen, other = factories.question(topic=topic), factories.question(topic=topic)
    unseen = factories.question(topic=topic, **hidden)
    text = read(client.get(seen.get_absolute_url()))
    assert (str(other) in text, str(unseen) in text) == (True, False)


def test_interview_of_a_hidden_person_is_hidden_everywhere(client, hidden):
    person = factories.live(careers.Person, **hidden)
    piece = factories.interview(person=person, title_ja="見えない話")
    assert client.get(piece.get_absolute_url()).status_code == 404
    for path in ("/ja/", "/ja/interviews/", "/sitemap-interviews.xml", "/ja/sources/"):
        assert piece.slug not in read(client.get(path)), path


def test_hidden_duty_and_organisation_are_not_named_in_a_live_interview(client, hidden):
    duty = factories.live(careers.Duty, title_ja="見えない担当", **hidden)
    organisation = factories.live(careers.Organisation, title_ja="見えない組織", **hidden)
    person = factories.live(careers.Person, duty=duty, organisation=organisation)
    piece = factories.interview(person=person, lead_ja="見える話")
    for path in (piece.get_absolute_url(), "/ja/interviews/", "/ja/"):
        text = read(client.get(path))
        assert "見える話" in text
        assert "見えない" not in text, path


def test_hidden_person_neither_speaks_nor_is_named_in_a_live_feature(client, hidden):
    piece = factories.feature(title_ja="見える記事")
    person = factories.live(careers.Person, title_ja="見えない人", **hidden)
    piece.participants.create(slug="p", person=person, title_ja="見えない役")
    piece.sections.create(slug="s", speaker=person, title_ja="見えない節", text_ja="見えない話")
    piece.figures.add(factories.figure(title_ja="見えない数", **hidden))
    text = read(client.get(piece.get_absolute_url()))
    assert ("見える記事" in text, "見えない" in text) == (True, False)


def test_hidden_place_in_a_career_is_not_named(client, hidden):
    person = factories.official(place=factories.place(title_ja="見えない場所", **hidden))
    text = read(client.get(f"/ja/paths/?with={person.slug}"))
    assert ("職1" in text, "見えない場所" in text) == (True, False)


def test_hidden_place_is_not_named_in_a_live_day_or_training(client, hidden):
    place = factories.place(title_ja="見えない場所", **hidden)
    factories.day(order=1, place=place)
    factories.training(place=place, venue_ja="研修の場所")
    for path in ("/ja/days/", "/ja/training/"):
        assert "見えない" not in read(client.get(path)), path
        assert place.slug not in read(client.get(path)), path


def test_hidden_contact_does_not_stand_at_the_foot_of_the_page(client, hidden):
    careers.Contact.objects.update(order=50)
    factories.live(careers.Contact, order=1, title_ja="見えない窓口", **hidden)
    assert "見えない窓口" not in read(client.get("/ja/about/"))


def test_hidden_duty_is_not_named_in_a_live_day(client, hidden):
    factories.day(order=1, title_ja="見える日", duty=factories.live(careers.Duty, title_ja="見えない担当", **hidden))
    text = read(client.get("/ja/days/"))
    assert ("見える日" in text, "見えない担当" in text) == (True, False)


def test_hidden_training_project_and_person_are_not_offered_at_their_place(client, hidden):
    place = factories.place(title_ja="見える場所")
    factories.training(place=place, title_ja="見えない研修", **hidden)
    profession = factories.live(careers.Profession)
    factories.live(careers.Project, place=place, profession=profession, title_ja="見えない事業", **hidden)
    person = factories.live(careers.Person, title_ja="見えない人", **hidden)
    person.career_steps.create(slug="there", kind="abroad", title_ja="任地で", place=place)
    text = read(client.get("/ja/places/"))
    assert ("見える場所" in text, "見えない" in text) == (True, False)


def test_hidden_day_is_not_offered_at_its_place(client, hidden):
    place = factories.place()
    seen, unseen = (
        factories.day(place=place, title_ja="見える日"),
        factories.day(place=place, title_ja="隠れた日", **hidden),
    )
    text = read(client.get("/ja/places/"))
    assert (str(seen) in text, str(unseen) in text) == (True, False)


def test_use_between_moments_that_are_hidden_is_left_out(client, hidden):
    piece = factories.programme()
    use = piece.uses.get()
    use.example_ja = "隠れた利用"
    use.save()
    assert "隠れた利用" in read(client.get("/ja/work-life/"))
    careers.LifeStage.objects.filter(pk=use.to_stage_id).update(**hidden)
    assert "隠れた利用" not in read(client.get("/ja/work-life/"))


def test_source_page_lists_what_is_live_and_nothing_else(client, hidden):
    document = factories.source()
    seen = factories.question(source=document)
    unseen = factories.question(source=document, **hidden)
    text = read(client.get("/ja/sources/"))
    assert (str(seen) in text, str(unseen) in text) == (True, False)


def test_source_on_which_nothing_live_rests_is_not_listed(client, hidden):
    document = factories.source()
    factories.question(source=document, **hidden)
    assert document.title_ja not in read(client.get("/ja/sources/"))


def test_sitemap_leaves_out_what_is_not_live(client, hidden):
    seen, unseen = factories.question(), factories.question(**hidden)
    text = read_sitemap(client)
    assert (seen.slug in text, unseen.slug in text) == (True, False)


@pytest.mark.parametrize("section", ["mission", "work", "about"])
def test_prose_page_without_a_live_chapter_does_not_exist(client, section, hidden):
    Chapter.objects.filter(section=section).update(**hidden)
    assert client.get(f"/ja/{section}/").status_code == 404
    assert f"/ja/{section}/" not in read_sitemap(client)


@pytest.mark.parametrize("path", ["/ja/", "/ja/faq/", "/ja/days/", "/ja/work-life/", "/ja/apply/", "/ja/sources/"])
def test_page_stands_when_all_its_content_is_hidden(client, path):
    for model in all_content():
        model.objects.update(state=State.DRAFT)
    response = client.get(path)
    assert response.status_code == 200
    assert read(response).count("<h1") == 1


def test_slug_is_unique_in_its_model():
    factories.question(slug="the-same")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.question(slug="the-same")


@pytest.mark.parametrize("model", all_content(), ids=lambda model: model._meta.label)
def test_end_of_publication_must_be_after_its_start(model):
    now = timezone.now()
    row = model.objects.first() or factories.notice()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(publish_from=now, publish_until=now)
    row.publish_from, row.publish_until = now, now - HOUR
    with pytest.raises(ValidationError, match="公開終了は公開開始より後"):
        row.full_clean()


def test_related_piece_that_is_not_live_reads_as_none(hidden):
    piece = factories.day(place=factories.place(**hidden))
    assert Day.objects.with_published("place").get(pk=piece.pk).place is None
    assert Day.objects.get(pk=piece.pk).place is not None


def test_newest_interview_comes_first_and_unknown_years_last():
    Interview.objects.all().delete()
    years = [2019, None, 2024]
    for year in years:
        factories.interview(person=factories.live(careers.Person, joined_year=year))
    assert [piece.person.joined_year for piece in Interview.objects.newest_first()] == [2024, 2019, None]

"""Tests that the number of a page's queries is small and does not depend on the number of rows it shows."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers import models as careers
from faq.models import Topic
from recruit_site.content.models import Publishable
from tests import factories
from tests.page_kinds import examples
from tests.page_text import listed

pytestmark = pytest.mark.django_db


def queries(client, path):
    """Return the number of queries that a page takes."""
    return len(queries_of(client, path))


def queries_of(client, path):
    """Return the SQL of the queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def interview():
    document = factories.source()
    duty = factories.live(careers.Duty)
    organisation = factories.live(careers.Organisation)
    person = factories.live(careers.Person, duty=duty, organisation=organisation, joined_year=2020)
    return factories.interview(person=person, source=document, picture=factories.picture())


def person():
    """Create a person with career steps and an interview: everything that pages show of people."""
    row = factories.official(place=factories.place(), source=factories.source())
    factories.interview(person=row)
    return row


def recruiting_step():
    """Create a step for one profession and one exam category."""
    step = factories.recruiting_step(1, source=factories.source(), profession=factories.live(careers.Profession))
    step.exam_categories.add(factories.exam_category())
    return step


def past(**fields):
    return factories.notice(publish_from=datetime(2020, 4, 1, tzinfo=UTC), **fields)


def linked(piece):
    """Link a piece to one of each of two kinds, and return it."""
    factories.link(piece, factories.question())
    factories.link(piece, factories.interview())
    return piece


#: For each page, a function that creates one more row of everything it shows.
ROWS = {
    "/ja/": lambda: (
        factories.briefing(),
        factories.notice(),
        interview(),
        factories.day(source=factories.source()),
        factories.question(),
        factories.figure(),
        factories.recruiting_step(1),
        factories.place(source=factories.source()),
    ),
    "/ja/mission/": lambda: factories.chapter(source=factories.source(), picture=factories.picture()),
    "/ja/work/": lambda: (factories.chapter(section="work"), factories.live(careers.Duty, source=factories.source())),
    "/ja/places/": lambda: (
        factories.day(place=factories.place(source=factories.source(), picture=factories.picture())),
        factories.training(place=factories.place()),
        factories.project(place=factories.place()),
        person(),
    ),
    "/ja/interviews/": lambda: (interview(), linked(factories.voice(source=factories.source()))),
    "/ja/days/": lambda: factories.day(
        place=factories.place(), duty=factories.live(careers.Duty), source=factories.source()
    ),
    "/ja/paths/": lambda: (factories.stage(source=factories.source()), person()),
    "/ja/training/": lambda: linked(factories.training(place=factories.place(), source=factories.source())),
    "/ja/work-life/": lambda: linked(factories.programme(source=factories.source())),
    "/ja/professions/": lambda: factories.project(place=factories.place(), source=factories.source()),
    "/ja/features/": lambda: factories.feature(source=factories.source()),
    "/ja/glossary/": lambda: factories.term(source=factories.source()),
    "/ja/faq/": lambda: (
        linked(factories.question(source=factories.source())),
        factories.question(text_ja="", contact=factories.live(careers.Contact)),
    ),
    "/ja/apply/": lambda: (
        factories.exam_category(source=factories.source()),
        factories.live(careers.Contact),
        factories.briefing(),
        factories.notice(),
        recruiting_step(),
        factories.question(source=factories.source()),
        factories.question(text_ja="", contact=factories.live(careers.Contact)),
    ),
    "/ja/notices/": lambda: (factories.briefing(source=factories.source()), factories.notice(), past()),
    "/ja/notices/?year=2020": lambda: past(source=factories.source()),
    "/ja/about/": lambda: factories.chapter(section="about", source=factories.source()),
    "/ja/sources/": lambda: factories.question(source=factories.source()),
    "/sitemap.xml": lambda: (interview(), factories.question(), factories.chapter(), factories.feature()),
    "/sitemap-pages.xml": lambda: (interview(), factories.chapter(picture=factories.picture())),
    "/sitemap-interviews.xml": interview,
    "/sitemap-features.xml": lambda: factories.feature(picture=factories.picture()),
    "/sitemap-questions.xml": factories.question,
    "/sitemap-notices.xml": lambda: (factories.notice(picture=factories.picture()), factories.briefing()),
}


@pytest.mark.parametrize("path", ROWS)
def test_page_costs_the_same_queries_with_one_row_and_with_three(client, path):
    ROWS[path]()
    with_one = queries(client, path)
    ROWS[path]()
    ROWS[path]()
    assert queries(client, path) == with_one


def test_page_of_a_piece_costs_the_same_queries_with_one_part_and_with_three(client):
    piece = interview()
    with_one = queries(client, piece.get_absolute_url())
    for number in range(2):
        piece.answers.create(slug=f"more-{number}", title_ja="問い", text_ja="答え")
    assert queries(client, piece.get_absolute_url()) == with_one


def test_question_page_costs_the_same_queries_with_one_neighbour_and_with_three(client):
    topic = factories.live(Topic)
    piece = factories.question(topic=topic)
    factories.question(topic=topic)
    with_one = queries(client, piece.get_absolute_url())
    factories.question(topic=topic)
    factories.question(topic=topic)
    assert queries(client, piece.get_absolute_url()) == with_one


def test_feature_costs_the_same_queries_with_one_voice_and_with_three(client):
    piece = factories.feature()

    def voice():
        speaker = person()
        piece.participants.create(slug=speaker.slug, person=speaker)
        piece.sections.create(slug=speaker.slug, speaker=speaker, title_ja="節", text_ja="本文")
        piece.figures.add(factories.figure(source=factories.source()))
        linked(piece)

    voice()
    with_one = queries(client, piece.get_absolute_url())
    voice()
    voice()
    assert queries(client, piece.get_absolute_url()) == with_one


#: The most queries that a page may take.
MOST_QUERIES = 20


def pages(client):
    """Return the path of every page, in both languages."""
    factories.notice(picture=factories.picture())
    factories.briefing()
    return [*(urlsplit(url).path for url in listed(client)), "/ja/search/", "/ja/interviews/feed.xml"]


def test_every_page_is_made_of_few_queries(client):
    asked = {path: queries(client, path) for path in pages(client)}
    assert {path: number for path, number in asked.items() if number > MOST_QUERIES} == {}


def test_every_query_of_a_page_for_content_asks_whether_readers_may_see_it(client):
    """Check each query for content for visibility: an ordinary prefetch along a relation would show drafts."""
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, Publishable)}
    asked = {sql for path in pages(client) for sql in queries_of(client, path)}
    unasked = {sql for sql in asked if main_table(sql) in tables and not asks_for_visibility(sql)}
    assert (len(asked) > 50, unasked) == (True, set())


def main_table(sql):
    return sql.partition(' FROM "')[2].partition('"')[0]


def asks_for_visibility(sql):
    return f'"{main_table(sql)}"."visible_from" <= ' in sql.partition(" WHERE ")[2]


def test_page_costs_no_more_queries_with_many_rows(client):
    kinds = [
        path for path in examples(urlsplit(url).path for url in listed(client)).values() if path.startswith("/ja/")
    ]
    before = {path: queries(client, path) for path in kinds}
    topic, duty = factories.live(Topic), factories.live(careers.Duty)
    for _number in range(70):
        person = factories.live(careers.Person, duty=duty, joined_year=2020)
        factories.interview(person=person), factories.voice(person=person)
        factories.question(topic=topic), factories.feature()
    after = {path: queries(client, path) for path in kinds}
    assert [path for path in kinds if after[path] > before[path]] == []

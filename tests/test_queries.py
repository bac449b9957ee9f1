"""The number of queries of a page does not depend on the number of rows it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers import models as careers
from faq.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def interview():
    document = factories.source()
    duty = factories.live(careers.Duty)
    organisation = factories.live(careers.Organisation)
    person = factories.live(careers.Person, duty=duty, organisation=organisation, joined_year=2020)
    return factories.interview(person=person, source=document)


#: For each page: what makes one more row of everything it shows.
ROWS = {
    "/ja/": lambda: (interview(), factories.day(source=factories.source()), factories.question(), factories.figure()),
    "/ja/mission/": lambda: factories.chapter(source=factories.source()),
    "/ja/work/": lambda: (factories.chapter(section="work"), factories.live(careers.Duty, source=factories.source())),
    "/ja/places/": lambda: (
        factories.day(place=factories.place(source=factories.source())),
        factories.training(place=factories.place()),
    ),
    "/ja/interviews/": interview,
    "/ja/days/": lambda: factories.day(
        place=factories.place(), duty=factories.live(careers.Duty), source=factories.source()
    ),
    "/ja/paths/": lambda: factories.stage(source=factories.source()),
    "/ja/training/": lambda: factories.training(place=factories.place(), source=factories.source()),
    "/ja/work-life/": lambda: factories.programme(source=factories.source()),
    "/ja/faq/": lambda: factories.question(source=factories.source()),
    "/ja/apply/": lambda: (factories.exam_category(source=factories.source()), factories.live(careers.Contact)),
    "/ja/about/": lambda: factories.chapter(section="about", source=factories.source()),
    "/ja/sources/": lambda: factories.question(source=factories.source()),
    "/sitemap.xml": lambda: (interview(), factories.question(), factories.chapter()),
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

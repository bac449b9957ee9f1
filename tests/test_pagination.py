"""Tests of long lists: pagination, and the links from a piece to the previous and the next one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Person
from faq.models import Question, Topic
from faq.views import QuestionListView
from interviews.models import Feature, Interview
from recruit_site.web.pagination import ON_A_PAGE, neighbours_of
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short_lists(monkeypatch):
    """Give the list of questions pages as short as those of the other lists."""
    monkeypatch.setattr(QuestionListView, "paginate_by", ON_A_PAGE)


#: Enough entries for three pages.
MANY = 2 * ON_A_PAGE + 1


def many(make):
    return [make() for _number in range(MANY)]


def links(client, path, inside):
    return list(dict.fromkeys(re.findall(rf'"(/ja/{inside}/[^"/]+/)["?]', read(client.get(path)))))


def of_one_topic():
    Question.objects.update(text_ja="答え。", known_ja="")  # without the links that answers have to other questions
    topic = factories.live(Topic, order=1)
    return lambda: factories.question(topic=topic)


@pytest.mark.parametrize(
    ("pieces", "section", "maker"),
    [
        (Interview.objects.filter(has_page=True), "interviews", lambda: factories.interview),
        (Feature.objects, "features", lambda: factories.feature),
        (Question.objects, "faq", of_one_topic),
    ],
)
def test_every_piece_is_on_one_page_of_its_list(client, pieces, section, maker):
    many(maker())
    found, path = [], f"/ja/{section}/"
    while path:
        html = read(client.get(path))
        main = html.split("<main")[1].split("</main>")[0]
        links = re.findall(rf'href="(/ja/{section}/[^"/?]+/)"', main)
        assert 0 < len(links) <= ON_A_PAGE
        found += links
        following = re.search(r'href="(\?page=\d+)" rel="next"', html)
        path = following and f"/ja/{section}/{following[1]}"
    assert sorted(found) == sorted(piece.get_absolute_url() for piece in pieces.all())


def test_list_that_fits_on_a_page_leads_to_no_other(client):
    assert 'rel="next"' not in read(client.get("/ja/interviews/"))


def test_topic_on_another_page_is_linked_there(client):
    first, second = factories.live(Topic, order=1), factories.live(Topic, order=2)
    many(lambda: factories.question(topic=first))
    factories.question(topic=second)
    html = read(client.get("/ja/faq/"))
    assert f'href="#topic-{first.slug}"' in html
    assert f'href="?page=3#topic-{second.slug}"' in html
    assert f'id="topic-{second.slug}"' in read(client.get("/ja/faq/?page=3"))


def test_careers_come_page_by_page_and_a_chosen_one_is_found_on_any(client):
    people = many(factories.official)
    html = read(client.get("/ja/paths/"))
    assert len(re.findall('type="checkbox"', html)) == ON_A_PAGE + 1  # the 30 people and the model career
    chosen = read(client.get(f"/ja/paths/?with={people[-1].slug}"))
    assert f'value="{people[-1].slug}" checked' in chosen


def neighbours(siblings, piece):
    return neighbours_of(siblings, piece)


ORDERS = {
    "interviews": lambda: (Interview.objects.published().newest_first(), interviews_of_all_years),
    "questions": lambda: (Question.objects.published().by_topic(), lambda: [factories.question(order=7)]),
    "features": lambda: (Feature.objects.published(), lambda: [factories.feature(order=7), factories.feature(order=7)]),
}


def interviews_of_all_years():
    for year in (None, 2020, 2021, None, 2020):
        factories.interview(person=factories.live(Person, joined_year=year), order=7)


@pytest.mark.parametrize("name", ORDERS)
def test_neighbours_are_those_of_the_list_at_every_place_of_it(name):
    siblings, make = ORDERS[name]()
    make()
    ordered = list(siblings)
    expected = list(zip([None, *ordered], [*ordered[1:], None], strict=False))
    assert [neighbours(siblings, piece) for piece in ordered] == expected


def test_piece_outside_the_list_has_no_neighbours():
    piece = factories.question(state="draft")
    assert neighbours(Question.objects.published().by_topic(), piece) == (None, None)


@pytest.mark.parametrize("place", [0, 1])
def test_neighbours_in_a_long_list_are_two_queries_of_which_one_reads_keys_alone(place):
    many(lambda: factories.interview(order=7))
    siblings = Interview.objects.published().newest_first()
    piece = siblings.select_related("person")[place]
    with CaptureQueriesContext(connection) as captured:
        assert neighbours(siblings, piece)[1].pk == siblings.values_list("pk", flat=True)[place + 1]
    keys, rows = [query["sql"] for query in captured][:2]
    assert ("title_ja" in keys, "title_ja" in rows, " IN (" in rows) == (False, True, True)

"""Tests of the interviews' filters: GET parameters combine, have counts, and are ignored where they are unknown."""

import re

import pytest

from careers.models import Duty, Organisation, Person, Profession
from interviews.models import Interview
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    Interview.objects.all().delete()
    security, network = (
        factories.live(Duty, slug="sec", title_ja="守る"),
        factories.live(Duty, slug="net", title_ja="つなぐ"),
    )
    ict, building = factories.live(Profession, slug="ict"), factories.live(Profession, slug="building")
    office = factories.live(Organisation, slug="office")
    for number, (duty, profession, organisation, year) in enumerate(
        [
            (security, ict, office, 2020),
            (security, building, None, 2021),
            (network, ict, office, 2021),
            (None, None, None, None),
        ]
    ):
        person = factories.live(Person, duty=duty, profession=profession, organisation=organisation, joined_year=year)
        factories.interview(slug=f"talk-{number}", person=person)


def listed(client, query=""):
    html = read(client.get(f"/ja/interviews/{query}"))
    return html, sorted(set(re.findall(r"/ja/interviews/(talk-\d)/", html)))


def counts(html, name):
    select = re.search(rf'<select name="{name}">(.*?)</select>', html, re.DOTALL)[1]
    return dict(re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)', select))


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["talk-0", "talk-1", "talk-2", "talk-3"]),
        ("?duty=sec", ["talk-0", "talk-1"]),
        ("?profession=ict", ["talk-0", "talk-2"]),
        ("?year=2021", ["talk-1", "talk-2"]),
        ("?duty=sec&year=2021", ["talk-1"]),
        ("?duty=net&profession=building", []),
        ("?duty=", ["talk-0", "talk-1", "talk-2", "talk-3"]),
        ("?other=x", ["talk-0", "talk-1", "talk-2", "talk-3"]),
    ],
)
def test_filters_combine(client, query, slugs):
    assert listed(client, query)[1] == slugs


def test_counts_mind_the_other_filters(client):
    assert counts(listed(client)[0], "duty") == {"sec": "2", "net": "1"}
    assert counts(listed(client, "?year=2021")[0], "duty") == {"sec": "1", "net": "1"}
    assert counts(listed(client, "?duty=net&profession=building")[0], "duty") == {"sec": "1", "net": "0"}
    assert counts(listed(client, "?duty=sec")[0], "year") == {"2021": "1", "2020": "1"}


def test_no_option_leads_to_an_empty_list(client):
    assert counts(listed(client, "?duty=net")[0], "profession") == {"ict": "1"}
    assert counts(listed(client, "?profession=building")[0], "duty") == {"sec": "1"}


def test_no_result_says_so_and_leads_back(client):
    html, slugs = listed(client, "?duty=net&profession=building")
    assert slugs == []
    assert "条件をすべて満たすインタビューはありません。" in html
    assert '<a href="/ja/interviews/">すべて表示</a>' in html
    assert '<option value="net" selected>' in html


@pytest.mark.parametrize("value", ["nothing", "%27%3B--", "%00", "9" * 400, "%F0%9F%98%80"])
@pytest.mark.parametrize("name", ["duty", "profession", "organisation", "year"])
def test_unknown_value_is_ignored_with_a_note(client, name, value):
    html, slugs = listed(client, f"?{name}={value}")
    assert len(slugs) == 4
    assert "見つからないため" in html


def test_hidden_duty_is_neither_offered_nor_accepted(client):
    Duty.objects.filter(slug="sec").update(state="draft")
    html, slugs = listed(client, "?duty=sec")
    assert (len(slugs), "守る" in html) == (4, False)


def test_facet_with_a_single_value_is_not_offered(client):
    html, _slugs = listed(client)
    assert 'name="organisation"' not in html
    assert 'name="profession"' in html
    chosen, slugs = listed(client, "?organisation=office")
    assert 'name="organisation"' in chosen  # a chosen facet stays in the form, so that the reader can clear it
    assert slugs == ["talk-0", "talk-2"]

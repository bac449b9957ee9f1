"""Tests of careers on one axis: years that follow from the documents are computed, all others are None."""

import pytest

from careers.career_paths import model_path, path_of
from careers.models import PathStage, Person
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


def person(joined_year, *steps):
    """Create a person with career steps of (kind, year, years)."""
    row = factories.live(Person, joined_year=joined_year)
    for number, (kind, year, years) in enumerate(steps):
        row.career_steps.create(
            slug=f"step-{number}", kind=kind, year=year, years=years, title_ja=f"職{number}", title_en=f"Post {number}"
        )
    return row


def spans(path):
    return [(stretch.start, stretch.end) for stretch in path.stretches]


def test_years_of_the_steps_become_years_since_joining():
    path = path_of(person(2014, ("headquarters", 2014, None), ("abroad", 2016, None), ("secondment", 2022, None)))
    assert spans(path) == [(0, 2), (2, 8), (8, None)]
    assert (path.first_posting.start, path.years_abroad, len(path.secondments), path.years) == (2, 6, 1, 8)


def test_lengths_of_the_steps_add_up_where_no_year_is_given():
    path = path_of(person(None, ("headquarters", None, 2), ("study", None, None), ("abroad", None, 2)))
    assert spans(path) == [(0, 2), (2, None), (None, None)]
    assert (path.years_abroad, path.first_posting) == (None, None)  # a biography may leave out the first posting


def test_career_without_a_step_has_no_facts():
    path = path_of(person(2023))
    assert (path.stretches, path.first_posting, path.years_abroad, path.secondments, path.years) == (
        [],
        None,
        None,
        [],
        0,
    )


def test_model_career_counts_its_years_from_one():
    PathStage.objects.all().delete()
    factories.stage(kind="headquarters", from_year=1, to_year=4)
    factories.stage(kind="study", from_year=5)
    factories.stage(kind="abroad")
    assert spans(model_path(PathStage.objects.all())) == [(0, 4), (4, 5), (None, None)]


def test_real_career_of_the_documents():
    path = path_of(Person.objects.with_published("career_steps__place").get(slug="goto"))
    assert [stretch.year for stretch in path.stretches] == [2014, 2016, 2017, 2021, 2022, 2024]
    assert (path.years_abroad, path.first_posting.start, len(path.secondments)) == (5, 2, 1)


def shown(client, query):
    html = read(client.get(f"/ja/paths/{query}"))
    found = [
        key for key in ("model", "goto", "osumi", "ozaki", "ishida") if f'<section class="path" id="{key}">' in html
    ]
    return html, sorted(found, key=lambda key: html.index(f'class="path" id="{key}"'))


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["model", "goto"]),
        ("?with=goto", ["goto"]),
        ("?with=goto,model", ["goto", "model"]),
        ("?with=goto&with=osumi", ["goto", "osumi"]),
        ("?with=goto,goto,%20goto", ["goto"]),
        ("?with=goto,osumi,ozaki,ishida", ["goto", "osumi", "ozaki"]),
    ],
)
def test_address_chooses_up_to_three_careers(client, query, keys):
    assert shown(client, query)[1] == keys


@pytest.mark.parametrize(
    ("query", "is_said"), [("?with=goto,osumi,ozaki", False), ("?with=goto,osumi,ozaki,ishida", True)]
)
def test_it_is_said_that_more_do_not_fit(client, query, is_said):
    assert ("並べられるのは三つまでです" in shown(client, query)[0]) == is_said


@pytest.mark.parametrize("wrong", ["nobody", "%3Cscript%3E", "x" * 200, "%F0%9F%98%80", "%00"])
def test_unknown_career_is_ignored_with_a_note(client, wrong):
    html, keys = shown(client, f"?with={wrong},goto")
    assert keys == ["goto"]
    assert "見つからないため" in html
    assert "<script>" not in html
    assert "x" * 41 not in html.split("<main")[1]


def test_person_who_is_not_live_cannot_be_chosen(client):
    Person.objects.filter(slug="goto").update(state="draft")
    assert shown(client, "?with=goto")[1] == ["model"]


def test_every_named_career_and_year_of_entry_is_offered(client):
    html, _keys = shown(client, "")
    offered = {"model", *Person.objects.published().values_list("slug", flat=True)}
    assert all(f'name="with" value="{key}"' in html for key in offered)
    assert len(offered) == 14


def test_step_leads_to_its_place_and_the_place_back_to_the_career(client):
    html, _keys = shown(client, "?with=goto")
    assert "/ja/places/#embassy-saudi-arabia" in html
    assert "/ja/interviews/goto/" in read(client.get("/ja/places/"))

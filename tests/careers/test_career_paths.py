"""Tests of careers on one axis: years that follow from the documents are computed, all others are None."""

import re

import pytest

from careers.career_paths import model_path, path_of, people_to_compare
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


def posts(path):
    return [(stretch.year, stretch.length, stretch.meets_next) for stretch in path.posts]


def test_post_lasts_until_the_year_of_the_next():
    path = path_of(person(2014, ("headquarters", 2014, None), ("abroad", 2016, None), ("secondment", 2022, None)))
    assert posts(path) == [(2014, 2, True), (2016, 6, True), (2022, None, False)]
    assert (path.is_dated, path.first_posting.year) == (True, 2016)


def test_stated_length_counts_where_no_year_is_given():
    path = path_of(person(None, ("headquarters", None, 2), ("study", None, None), ("abroad", None, 2)))
    assert posts(path) == [(None, 2, False), (None, None, False), (None, 2, False)]
    assert (path.is_dated, path.first_posting) == (False, None)  # a biography may leave out the first posting


def test_stated_length_that_ends_before_the_next_year_does_not_meet_it():
    path = path_of(person(2010, ("headquarters", 2010, 2), ("abroad", 2016, 4), ("headquarters", 2020, None)))
    assert posts(path) == [(2010, 2, False), (2016, 4, True), (2020, None, False)]


def test_career_without_a_step_has_no_post():
    path = path_of(person(2023))
    assert (path.stretches, path.first_posting, path.is_dated) == ([], None, False)


def test_study_in_the_model_career_is_training_and_no_post():
    PathStage.objects.all().delete()
    factories.stage(kind="headquarters", from_year=1, to_year=4)
    factories.stage(kind="study", from_year=5)
    factories.stage(kind="study", from_year=9)
    factories.stage(kind="abroad")
    path = model_path(PathStage.objects.all())
    assert posts(path) == [(None, 4, False), (None, None, False)]
    assert [(one.service_year, path.is_placed(one)) for one in path.training] == [(5, True), (9, False)]
    assert path.years_before_posting == 4


def test_real_career_of_the_documents():
    path = path_of(Person.objects.with_published("career_steps__place").get(slug="goto"))
    assert [stretch.year for stretch in path.stretches] == [2014, 2016, 2017, 2021, 2022, 2024]


def test_people_to_compare_are_technical_officials_with_dated_posts():
    assert [person.slug for person in people_to_compare()] == ["goto"]


def shown(client, query, language="ja"):
    """Return the HTML of the page of careers, and the careers that it shows, in their order."""
    html = read(client.get(f"/{language}/paths/{query}"))
    return html, re.findall(r'<section class="leg leg--tight" id="([\w-]+)"', html)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["model", "goto"]),
        ("?with=goto", ["goto"]),
        ("?with=goto,model", ["goto", "model"]),
        ("?with=goto&with=second", ["goto", "second"]),
        ("?with=goto,goto,%20goto", ["goto"]),
        ("?with=goto,second,third,model", ["goto", "second", "third"]),
    ],
)
def test_address_chooses_up_to_three_careers(client, query, keys):
    factories.official(slug="second")
    factories.official(slug="third")
    assert shown(client, query)[1] == keys


@pytest.mark.parametrize(("query", "is_said"), [("?with=goto,second", False), ("?with=goto,second,third,model", True)])
def test_it_is_said_where_the_reader_lands_that_more_do_not_fit(client, query, is_said):
    factories.official(slug="second")
    factories.official(slug="third")
    html, _keys = shown(client, query)
    assert ("並べられるのは三つまでです" in html) == is_said
    assert 'action="#compare"' in html
    assert html.index('id="compare"') < html.find("並べられるのは三つまでです") or not is_said


def test_nothing_is_offered_to_choose_from_where_one_person_can_be_compared(client):
    assert "chooser" not in shown(client, "")[0].split("<main")[1]
    factories.official(slug="second")
    html, _keys = shown(client, "")
    assert re.findall('name="with" value="([^"]+)"', html) == ["model", "goto", "second"]


@pytest.mark.parametrize("wrong", ["nobody", "%3Cscript%3E", "x" * 200, "%F0%9F%98%80", "%00"])
def test_unknown_career_is_ignored_with_a_note(client, wrong):
    html, keys = shown(client, f"?with={wrong},goto")
    assert keys == ["goto"]
    assert "見つからないため" in html
    assert "<script>" not in html
    assert "x" * 41 not in html.split("<main")[1]


@pytest.mark.parametrize("slug", ["deputy-director-o", "osumi", "security-2023"])
def test_person_who_cannot_be_compared_is_named_with_the_reason(client, slug):
    html, keys = shown(client, f"?with={slug}")
    name = Person.objects.get(slug=slug).title_ja
    assert keys == ["model", "goto"]
    assert f"{name}の経歴は、ここではくらべていません。" in html
    assert "見つからないため" not in html


def test_person_who_is_not_live_cannot_be_chosen(client):
    Person.objects.filter(slug="goto").update(state="draft")
    html, keys = shown(client, "?with=goto")
    assert keys == ["model"]
    assert "後藤" not in html.split("<main")[1]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "ja",
            ["モデルケースでは、本省で約4年勤めてから", "実際の例（後藤 怜）では、2014年に入省し、2016年に在外勤務"],
        ),
        (
            "en",
            ["people work at headquarters for about 4 years before", "Goto joined in 2014 and was posted overseas in"],
        ),
    ],
)
def test_page_says_what_the_comparison_shows(client, language, sentences):
    text = re.sub("<[^>]+>", "", shown(client, "", language)[0])
    assert [sentence in text for sentence in sentences] == [True, True]


def test_nothing_is_reckoned_from_the_years(client):
    text = re.sub("<[^>]+>", "", shown(client, "")[0].split("<main")[1])
    assert re.findall(r"海外での年数|出向 ?\d|（\d+年目）", text) == []


def test_step_leads_to_its_place_and_the_place_back_to_the_career(client):
    html, _keys = shown(client, "?with=goto")
    assert "/ja/places/#embassy-saudi-arabia" in html
    assert "/ja/interviews/goto/" in read(client.get("/ja/places/"))


@pytest.mark.parametrize(
    ("slug", "is_compared"), [("goto", True), ("deputy-director-o", False), ("security-2023", False)]
)
def test_interview_leads_to_the_comparison_only_where_there_is_one(client, slug, is_compared):
    html = read(client.get(f"/ja/interviews/{slug}/"))
    assert (f"/ja/paths/?with=model,{slug}" in html) == is_compared
    assert html.count('class="career__list"') == (slug != "security-2023")

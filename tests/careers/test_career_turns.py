"""Tests of the pieces of the line beside the list of a career."""

from careers.career_paths import ELSEWHERE, HOME, OVERSEAS, CareerPath
from careers.career_turns import career_turns
from careers.models import CareerKind, Person
from tests.careers.test_career_chart import ABROAD, HEADQUARTERS, dated, post, training


def turns(*stretches, owner=None, is_by_years=False):
    return [
        (turn.before, turn.lane, turn.arrives, turn.lasts)
        for turn in career_turns(CareerPath("someone", owner, stretches=list(stretches)), is_by_years)
    ]


def test_line_between_years_is_solid_and_ends_at_the_present_post():
    stretches = dated((HEADQUARTERS, 2014), (ABROAD, 2016), (CareerKind.SECONDMENT, 2022))
    assert turns(*stretches, owner=Person()) == [
        (HOME, HOME, "solid", "solid"),
        (HOME, OVERSEAS, "solid", "solid"),
        (OVERSEAS, ELSEWHERE, "solid", "none"),
    ]


def test_stated_length_is_solid_and_what_follows_is_dotted():
    assert turns(post(HEADQUARTERS, length=4), post(ABROAD), post(HEADQUARTERS)) == [
        (HOME, HOME, "solid", "stated"),
        (HOME, OVERSEAS, "dotted", "dotted"),
        (OVERSEAS, HOME, "dotted", "dotted"),
    ]


def test_training_hangs_beside_the_line_or_stands_alone_at_the_end():
    stretches = [post(HEADQUARTERS, length=4), training("外部", 9), training("語学", 5), post(ABROAD)]
    found = career_turns(CareerPath("model", None, stretches=stretches), is_by_years=False)
    assert [(turn.stretch.piece.title_ja, turn.hangs, turn.is_free) for turn in found[1:]] == [
        ("語学", True, False),
        ("職", False, False),
        ("外部", False, True),
    ]


def test_height_of_an_entry_shows_its_years_only_where_years_place_the_posts():
    stretches = dated((HEADQUARTERS, 2014), (ABROAD, 2017), (HEADQUARTERS, 2021))
    path = CareerPath("someone", Person(), stretches=stretches)
    assert [turn.years for turn in career_turns(path, is_by_years=True)] == [3, 4, None]
    assert [turn.years for turn in career_turns(path, is_by_years=False)] == [None, None, None]


def test_open_length_is_named_for_posts_alone():
    stretches = [post(HEADQUARTERS, length=4), training("語学", 5), post(ABROAD)]
    found = career_turns(CareerPath("model", None, stretches=stretches), is_by_years=False)
    assert [turn.is_open for turn in found] == [False, False, True]

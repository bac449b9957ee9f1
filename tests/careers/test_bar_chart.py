"""Tests of charts of bars: bars do not cover one another, and each spans its columns exactly."""

import random

import pytest

from careers.bar_chart import Bar, bar_chart
from careers.family_chart import family_chart, place_uses
from careers.models import LifeStage, ProgrammeUse, WorkLifeProgramme
from tests import factories


def drawn(track):
    return [(cell.first, cell.size, cell.bar and cell.bar.piece) for cell in track]


def test_bars_share_a_track_where_they_do_not_overlap():
    chart = bar_chart("abcde", [Bar("first", 0, 1), Bar("second", 1, 2), Bar("third", 2, 2)])
    assert [drawn(track) for track in chart.above] == [
        [(0, 2, "first"), (2, 1, "third"), (3, 1, None), (4, 1, None)],
        [(0, 1, None), (1, 2, "second"), (3, 1, None), (4, 1, None)],
    ]
    assert chart.below == []


def test_first_track_stands_nearest_to_the_axis():
    chart = bar_chart("ab", [Bar("near", 0, 0), Bar("far", 0, 0)], [Bar("below", 0, 0)])
    assert [track[0].bar.piece for track in chart.outermost_first] == ["far", "near"]


def test_tall_form_lists_at_each_moment_what_starts_there():
    chart = bar_chart("abc", [Bar("one", 0, 1)], [Bar("two", 1, 1)])
    assert [(moment, drawn(above), drawn(below)) for moment, above, below in chart.columns] == [
        ("a", [(0, 2, "one")], [(0, 1, None)]),
        ("b", [], [(1, 1, "two")]),
        ("c", [(2, 1, None)], [(2, 1, None)]),
    ]


@pytest.mark.parametrize("seed", range(10))
def test_every_bar_is_drawn_once_and_every_track_fills_all_columns(seed):
    chance = random.Random(seed)  # noqa: S311
    bars = []
    for number in range(chance.randint(0, 60)):
        first = chance.randint(0, 18)
        bars.append(Bar(number, first, chance.randint(first, 18)))
    chart = bar_chart(range(20), bars)
    assert sorted(cell.bar.piece for track in chart.above for cell in track if cell.bar) == list(range(len(bars)))
    assert all(sum(cell.size for cell in track) == 20 for track in chart.above)


@pytest.mark.django_db
def test_family_time_line_of_the_documents_has_both_parents_on_their_side():
    stages = list(LifeStage.objects.published())
    programmes = WorkLifeProgramme.objects.published().with_published("uses")
    chart = family_chart(stages, place_uses(stages, [use for programme in programmes for use in programme.uses.all()]))
    sides = [{cell.bar.piece.whose for track in side for cell in track if cell.bar} for side in chart.sides]
    assert sides == [{"employee"}, {"spouse"}]
    assert (len(chart.above), len(chart.below), len(chart.moments)) == (4, 2, 7)
    faded = [
        cell.bar.piece.title_en
        for side in chart.sides
        for track in side
        for cell in track
        if cell.bar and cell.bar.faded
    ]
    assert len(faded) == ProgrammeUse.objects.filter(start_known=False).count()


@pytest.mark.django_db
def test_use_between_moments_that_are_not_live_or_in_another_order_is_left_out():
    programme = factories.programme()
    first, last = LifeStage.objects.order_by("-pk")[:2][::-1]
    fetched = list(programme.uses.all())
    assert [len(rows) for rows in place_uses([first, last], fetched).values()] == [1, 0]
    assert [len(rows) for rows in place_uses([first], fetched).values()] == [0, 0]
    assert [len(rows) for rows in place_uses([last, first], fetched).values()] == [0, 0]


def test_bar_that_ends_before_it_starts_is_refused_and_not_drawn_for_ever():
    with pytest.raises(ValueError, match="would end in column 1, before it starts in 3"):
        Bar("leave", 3, 1)

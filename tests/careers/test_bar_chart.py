"""Tests of charts of bars: bars do not cover one another, and each spans its columns exactly."""

import random

import pytest

from careers.bar_chart import Bar, bar_chart


def drawn(track):
    return [(cell.first, cell.size, " ".join(str(bar.piece) for bar in cell.bars)) for cell in track]


def test_bars_share_a_track_where_they_do_not_overlap():
    chart = bar_chart("abcde", [Bar("first", 0, 1), Bar("second", 1, 2), Bar("third", 2, 2)])
    assert [drawn(track) for track in chart.above] == [
        [(0, 2, "first"), (2, 1, "third"), (3, 1, ""), (4, 1, "")],
        [(0, 1, ""), (1, 2, "second"), (3, 1, ""), (4, 1, "")],
    ]
    assert chart.below == []


def test_first_track_stands_nearest_to_the_axis():
    chart = bar_chart("ab", [Bar("near", 0, 0), Bar("far", 0, 0)], [Bar("below", 0, 0)])
    assert [track[0].bars[0].piece for track in chart.outermost_first] == ["far", "near"]


def test_tall_form_lists_at_each_moment_what_starts_there():
    chart = bar_chart("abc", [Bar("one", 0, 1)], [Bar("two", 1, 1)])
    assert [(moment, drawn(above), drawn(below)) for moment, above, below in chart.columns] == [
        ("a", [(0, 2, "one")], [(0, 1, "")]),
        ("b", [], [(1, 1, "two")]),
        ("c", [(2, 1, "")], [(2, 1, "")]),
    ]


def test_small_tall_form_holds_the_nearest_tracks():
    chart = bar_chart("abc", [Bar("near", 0, 1), Bar("far", 0, 1)])
    assert [(cell and drawn([cell]), other and drawn([other])) for cell, other in chart.nearest] == [
        ([(0, 2, "near")], [(0, 1, "")]),
        (None, [(1, 1, "")]),
        ([(2, 1, "")], [(2, 1, "")]),
    ]


def test_bars_over_the_same_time_share_a_cell_in_the_tall_form_alone():
    chart = bar_chart("abc", [Bar("one", 0, 1), Bar("two", 0, 1), Bar("three", 1, 1)])
    assert [drawn(track)[0][2] for track in chart.left] == ["one two", ""]
    assert len(chart.above) == 3


def test_open_end_reaches_the_last_column_of_the_wide_form():
    chart = bar_chart("abcd", [Bar("open", 0, 1, end="open"), Bar("known", 0, 1)])
    assert [drawn(track)[0] for track in chart.above] == [(0, 4, "open"), (0, 2, "known")]
    assert [drawn(track)[0] for track in chart.left] == [(0, 2, "open known")]


@pytest.mark.parametrize("seed", range(10))
def test_every_bar_is_drawn_once_and_every_track_fills_all_columns(seed):
    chance = random.Random(seed)  # noqa: S311
    bars = []
    for number in range(chance.randint(0, 60)):
        first = chance.randint(0, 18)
        bars.append(Bar(number, first, chance.randint(first, 18)))
    chart = bar_chart(range(20), bars)
    assert sorted(bar.piece for track in chart.above for cell in track for bar in cell.bars) == list(range(len(bars)))
    assert all(sum(cell.size for cell in track) == 20 for track in chart.above)


def test_bar_that_ends_before_it_starts_is_refused_and_not_drawn_for_ever():
    with pytest.raises(ValueError, match="would end in column 1, before it starts in 3"):
        Bar("leave", 3, 1)

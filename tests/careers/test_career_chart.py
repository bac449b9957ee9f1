"""Tests of the career chart: the positions of stations, and labels that do not cover one another."""

import random
import re
from itertools import combinations

import pytest

from careers.career_chart import BELOW, LETTER, LINE, NARROWEST, SWING, career_lines, positions, width_of
from careers.career_paths import HOME, OVERSEAS, CareerPath, CareerStretch
from careers.models import CareerKind, CareerStep

TITLES = [
    "在サウジアラビア日本国大使館 三等書記官",
    "大臣官房 情報通信課 係員",
    "大臣官房審議官（当時、大臣官房サイバーセキュリティ・情報化参事官）",
    "Counsellor, Embassy of Japan in the United Kingdom of Great Britain and Northern Ireland",
    "X" * 120,
    "主査",
]


def path(*stretches, titles=TITLES):
    """Return the CareerPath of a career from (kind, start in years since joining, or None) pairs."""
    career_stretches = [
        CareerStretch(CareerStep(title_ja=titles[number % len(titles)]), kind, start, None)
        for number, (kind, start) in enumerate(stretches)
    ]
    return CareerPath("someone", None, stretches=career_stretches)


def line(*stretches):
    return career_lines([path(*stretches)])[0]


def test_station_stands_at_its_year_on_an_axis_that_leaves_room_for_the_last_words():
    drawing = line((CareerKind.HEADQUARTERS, 0), (CareerKind.ABROAD, 2), (CareerKind.HEADQUARTERS, 8))
    assert [station.left for station in drawing.stations] == ["0.00%", "21.00%", "84.00%"]
    assert [number for number, _place in drawing.years] == list(range(1, 10))


def test_careers_with_years_share_one_axis():
    short, long = career_lines(
        [
            path((CareerKind.HEADQUARTERS, 0), (CareerKind.ABROAD, 2)),
            path((CareerKind.HEADQUARTERS, 0), (CareerKind.ABROAD, 8)),
        ]
    )
    assert (short.stations[1].left, long.stations[1].left) == ("21.00%", "84.00%")


def test_station_without_a_year_stands_between_its_neighbours_and_is_marked():
    drawing = line((CareerKind.HEADQUARTERS, 0), (CareerKind.ABROAD, None), (CareerKind.HEADQUARTERS, 8))
    assert [(station.left, station.dated, station.guessed) for station in drawing.stations] == [
        ("0.00%", True, False),
        ("42.00%", False, True),
        ("84.00%", True, False),
    ]


def test_career_without_years_is_drawn_in_its_order_without_an_axis():
    drawing = line(
        (CareerKind.HEADQUARTERS, 0),
        (CareerKind.STUDY, None),
        (CareerKind.ABROAD, None),
        (CareerKind.HEADQUARTERS, None),
    )
    assert [station.left for station in drawing.stations] == ["0.00%", "25.00%", "50.00%", "75.00%"]
    assert (drawing.years, [station.guessed for station in drawing.stations]) == ([], [False] * 4)


def test_line_leaves_headquarters_for_a_lane_and_comes_back():
    drawing = line(
        (CareerKind.HEADQUARTERS, 0), (CareerKind.ABROAD, 2), (CareerKind.SECONDMENT, 4), (CareerKind.HEADQUARTERS, 8)
    )
    home, away, elsewhere, back = [station.y for station in drawing.stations]
    assert away < home < elsewhere
    assert home == back
    assert re.findall(r" (\d+)(?=$|[HC])", drawing.cable) == [str(y) for y in (home, away, elsewhere, back)]
    assert drawing.cable.startswith(f"M-79 {home}H0")
    assert drawing.cable.endswith("H1000")


def test_only_lanes_in_use_are_drawn():
    assert [str(name) for name, _y in line((CareerKind.HEADQUARTERS, 0), (CareerKind.HEADQUARTERS, 3)).lanes] == [
        "本省"
    ]


def test_career_without_stretches_is_not_drawn():
    assert career_lines([path()]) == []


def test_sequence_of_stations_with_the_same_year_keeps_its_order():
    places = positions(path((CareerKind.HEADQUARTERS, 0), (CareerKind.ABROAD, 2), (CareerKind.HEADQUARTERS, 2)), 2)
    assert places == sorted(places)


def boxes(drawing):
    """Yield the box of each station's label, (left, top, right, bottom) in pixels at NARROWEST."""
    for station in drawing.stations:
        if station.side:
            top = station.above_words - 14
            bottom = station.words[-1][0] + 4
            left = station.x * NARROWEST - 6
            yield left, station.y + top, left + max(map(width_of, station.lines)), station.y + bottom


@pytest.mark.parametrize("seed", range(30))
def test_words_never_cover_one_another_however_many_stations_there_are(seed):
    chance = random.Random(seed)  # noqa: S311
    count = chance.randint(1, 40)
    years = sorted(chance.randint(0, 40) for _number in range(count))
    stretches = [(chance.choice(list(CareerKind)), year if chance.random() < 0.7 else None) for year in years]
    drawing = career_lines([path(*stretches, titles=chance.sample(TITLES, 6))])[0]
    label_boxes = list(boxes(drawing))
    assert label_boxes
    assert not any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for one, other in combinations(label_boxes, 2)
    )
    assert all(box[1] >= 0 and box[3] <= drawing.height and box[2] <= NARROWEST + 2 * LETTER for box in label_boxes)


def test_words_that_are_too_long_are_cut_with_an_ellipsis():
    station = career_lines([path((CareerKind.HEADQUARTERS, 0), titles=["X" * 200])])[0].stations[0]
    assert (len(station.lines), station.lines[-1][-1]) == (5, "…")


def test_words_below_leave_room_for_the_line_that_turns_down():
    first, second = line((CareerKind.HEADQUARTERS, 0), (CareerKind.STUDY, 3), (CareerKind.HEADQUARTERS, 12)).stations[
        :2
    ]
    assert (first.side, first.stretch.lane, second.stretch.lane > HOME > OVERSEAS) == (BELOW, HOME, True)
    assert max(map(width_of, first.lines)) <= (second.x - first.x) * NARROWEST - SWING
    assert LINE > LETTER

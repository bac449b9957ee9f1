"""Tests of the drawing of a career: what is solid and what dotted, and labels that cover nothing."""

import random
import re
from itertools import combinations, pairwise

import pytest

from careers.career_cable import SWING
from careers.career_chart import START, TAIL, career_lines
from careers.career_labels import ABOVE, BELOW, KINDS, MOST_LINES, WIDE, width_of_line
from careers.career_paths import ELSEWHERE, HOME, OVERSEAS, CareerPath, CareerStretch
from careers.models import CareerKind, CareerStep, PathStage, Person

HEADQUARTERS, ABROAD, STUDY = CareerKind.HEADQUARTERS, CareerKind.ABROAD, CareerKind.STUDY

TITLES = [
    "在サウジアラビア日本国大使館 三等書記官",
    "大臣官房 情報通信課 係員",
    "大臣官房審議官（当時、大臣官房サイバーセキュリティ・情報化参事官）",
    "Counsellor, Embassy of Japan in the United Kingdom of Great Britain and Northern Ireland",
    "X" * 120,
    "主査",
]


def post(kind, year=None, length=None, meets_next=False, title="職"):
    return CareerStretch(CareerStep(title_ja=title), kind, year, length, meets_next)


def dated(*posts, title="職"):
    """Return the posts of (kind, year) pairs, each of which lasts until the next."""
    years = [year for _kind, year in posts]
    ends = [*years[1:], None]
    return [
        post(kind, year, end and end - year, bool(end), title) for (kind, year), end in zip(posts, ends, strict=True)
    ]


def training(title, service_year=None):
    stage = PathStage(title_ja=title, period_ja="1年間")
    return CareerStretch(stage, STUDY, is_training=True, service_year=service_year)


def line(*stretches, owner=None, words=True):
    return career_lines([CareerPath("someone", owner, stretches=list(stretches))], words=words)[0]


GOTO = ((HEADQUARTERS, 2014), (ABROAD, 2016), (ABROAD, 2017), (HEADQUARTERS, 2021), (CareerKind.SECONDMENT, 2022))


def test_years_of_the_posts_decide_their_places():
    drawing = line(*dated((HEADQUARTERS, 2014), (ABROAD, 2016), (HEADQUARTERS, 2024)))
    width = (1 - START - TAIL) / 10
    assert [round(station.x, 4) for station in drawing.stations] == [
        round(START + width * years, 4) for years in (0, 2, 10)
    ]
    assert drawing.is_by_years


def test_careers_with_years_share_one_scale():
    paths = [
        CareerPath("a", None, stretches=dated((HEADQUARTERS, 2014), (ABROAD, 2016))),
        CareerPath("b", None, stretches=dated((HEADQUARTERS, 2000), (ABROAD, 2008))),
    ]
    short, long = career_lines(paths)
    assert short.year_width == long.year_width == (1 - START - TAIL) / 8


@pytest.mark.parametrize(
    "posts",
    [
        dated((HEADQUARTERS, 2014), (ABROAD, None), (HEADQUARTERS, None), (ABROAD, None)),
        dated((HEADQUARTERS, 2014), (ABROAD, 2014), (HEADQUARTERS, 2015), (ABROAD, 2016)),
        dated((HEADQUARTERS, 2000), (ABROAD, 2001), (HEADQUARTERS, 2040), (ABROAD, 2041)),
    ],
    ids=["a year is missing", "two posts in one year", "years too close to turn"],
)
def test_posts_stand_at_equal_steps_where_years_cannot_place_them(posts):
    drawing = line(*posts)
    step = (1 - START) / 4
    assert [round(station.x, 4) for station in drawing.stations] == [round(START + step * n, 4) for n in range(4)]
    assert not drawing.is_by_years


def test_line_is_solid_between_years_and_ends_at_the_present_post():
    drawing = line(*dated(*GOTO), owner=Person())
    assert (drawing.dotted, drawing.ticks) == ("", [])
    assert [station.is_now for station in drawing.stations] == [False] * 4 + [True]
    last = drawing.stations[-1]
    assert drawing.solid.endswith(f"{1000 * last.x:.0f} {drawing.lanes[ELSEWHERE][1]}")


def test_line_is_solid_for_a_stated_length_alone():
    drawing = line(post(HEADQUARTERS, length=4), post(ABROAD), post(HEADQUARTERS))
    end = round(1000 * (drawing.stations[1].x - SWING))
    assert drawing.solid == f"M12 {drawing.home}H{end}"
    assert [y for _x, y in drawing.ticks] == [drawing.home]
    assert drawing.dotted.startswith(f"M{end} {drawing.home}")
    assert drawing.dotted.endswith("H1000")


def test_stated_length_that_ends_before_the_next_year_leaves_the_rest_dotted():
    posts = [post(HEADQUARTERS, 2010, 2), post(ABROAD, 2016, 4, meets_next=True), post(HEADQUARTERS, 2020)]
    drawing = line(*posts)
    assert drawing.solid.startswith(f"M12 {drawing.home}H{1000 * (START + 2 * drawing.year_width):.0f}M")
    assert drawing.dotted


def test_line_leaves_headquarters_for_a_lane_and_comes_back_without_going_backwards():
    drawing = line(*dated(*GOTO, (HEADQUARTERS, 2024)))
    away, home, elsewhere = [y for _name, y in drawing.lanes]
    assert away < home < elsewhere
    numbers = [int(x) for x in re.findall(r"[MH](\d+)", drawing.solid)]
    assert numbers == sorted(numbers)
    assert [one.lane for one in drawing.stations] == [HOME, OVERSEAS, OVERSEAS, HOME, ELSEWHERE, HOME]


def test_three_lanes_are_drawn_and_named_whichever_are_used():
    names = ["".join(words for _y, words in rows) for rows, _lane in line(post(HEADQUARTERS)).lanes]
    assert names == ["在外", "本省", "研修・出向"]
    names = ["".join(words for _y, words in rows) for rows, _lane in line(post(CareerKind.OTHER)).lanes]
    assert names[-1] == "研修・出向など"


def test_training_hangs_from_the_line_where_a_stated_length_tells_its_place():
    drawing = line(post(HEADQUARTERS, length=4), training("語学", 5), post(ABROAD), post(HEADQUARTERS))
    [hanging] = [station for station in drawing.stations if station.stretch.is_training]
    assert (hanging.lane, hanging.hangs_from) == (ELSEWHERE, HOME)
    assert round(hanging.x, 4) == round(drawing.stations[1].x - SWING, 4)
    assert drawing.tethers == [(hanging.left, drawing.home, drawing.training_y)]
    assert drawing.free is None


@pytest.mark.parametrize("year", [9, None])
def test_training_without_a_place_in_the_order_is_not_tied_to_the_line(year):
    drawing = line(post(HEADQUARTERS, length=4), post(ABROAD), training("外部", year), post(HEADQUARTERS))
    [free] = [station for station in drawing.stations if station.stretch.is_training]
    assert (free.hangs_from, drawing.tethers) == (None, [])
    assert drawing.free == (drawing.stations[1].left, "99.50%")
    assert [text for kind, text in free.label.lines if kind == "quiet"] == ["どの勤務の間かは、資料にない"]


def test_career_without_stretches_is_not_drawn():
    assert career_lines([CareerPath("someone", None)]) == []


def test_small_drawing_names_the_years_alone():
    drawing = line(*dated(*GOTO, (HEADQUARTERS, 2024)), words=False)
    assert [station.label.lines for station in drawing.stations] == [
        [("small", str(year))] for year in (2014, 2016, 2017, 2021, 2022, 2024)
    ]


def test_label_stands_away_from_the_turn_that_follows_and_from_the_label_before():
    posts = dated(*GOTO, (HEADQUARTERS, 2024), title=TITLES[0])
    sides = [station.label.side for station in line(*posts).stations]
    assert sides == [BELOW, ABOVE, BELOW, ABOVE, BELOW, BELOW]


def test_label_is_never_cut():
    stations = line(*[post(HEADQUARTERS, title=TITLES[2]), post(ABROAD, title=TITLES[3])]).stations
    said = ["".join(text for _kind, text in station.label.lines).replace(" ", "") for station in stations]
    assert said == [TITLES[2], TITLES[3].replace(" ", "")]


def test_list_takes_the_place_of_a_drawing_without_room_for_its_labels():
    assert not line(*[post((HEADQUARTERS, ABROAD)[number % 2], title=TITLES[2]) for number in range(16)]).fits


def boxes(drawing):
    """Yield the box of each label, (left, top, right, bottom) in pixels at the narrowest width that shows it."""
    for station, y in drawing.marks:
        label = station.label
        if label:
            left = station.x * WIDE.width + label.left
            top, bottom = label.rows[0][0] - KINDS[label.lines[0][0]][0], label.rows[-1][0] + 3
            yield left, y + top, left + label.width, y + bottom


def crossing(drawing):
    """Yield the boxes of the turns of the line and of the lines that hold training."""
    posts = [(station, y) for station, y in drawing.marks if not station.stretch.is_training]
    for (_one, y), (other, below) in pairwise(posts):
        if y != below:
            x = other.x * WIDE.width
            yield x - SWING * WIDE.width, min(y, below) + 2, x - SWING * WIDE.width / 2, max(y, below) - 2
    for station, y in drawing.marks:
        if station.hangs_from is not None:
            yield station.x * WIDE.width, drawing.home + 2, station.x * WIDE.width + 1, y - 2


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def hard_stretches(seed):
    chance = random.Random(seed)  # noqa: S311
    count = chance.randint(1, 9)
    years = sorted(chance.sample(range(2000, 2030), count))
    keep = chance.random()
    stretches = [
        post(chance.choice(list(CareerKind)), year if chance.random() < keep else None, title=chance.choice(TITLES))
        for year in years
    ]
    stretches += [training(chance.choice(TITLES), chance.choice([None, 3, 5, 9])) for _n in range(chance.randint(0, 2))]
    stretches[0].length = chance.choice([None, 4])
    return stretches


@pytest.mark.parametrize("seed", range(60))
def test_no_label_covers_another_or_the_line(seed):
    drawing = line(*hard_stretches(seed))
    labels = list(boxes(drawing))
    assert [pair for pair in combinations(labels, 2) if overlap(*pair)] == []
    assert [(box, label) for box in crossing(drawing) for label in labels if overlap(box, label)] == []
    assert all(box[1] >= 0 and box[3] <= drawing.height and box[2] <= WIDE.width + 1 for box in labels)


def test_label_has_no_more_lines_than_the_drawing_is_made_for():
    for seed in range(60):
        lines = [station.label.lines for station in line(*hard_stretches(seed)).stations if station.label]
        assert all(len(rows) <= MOST_LINES for rows in lines)
        assert all(width_of_line(text, kind) <= WIDE.width for rows in lines for kind, text in rows)


def test_training_alone_is_drawn_without_a_line():
    drawing = line(training("外部", 9))
    assert (drawing.solid, drawing.dotted, len(drawing.stations)) == ("", "", 1)

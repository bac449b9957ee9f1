"""Tests of the world map: where points lie, lines, numbers, and labels that do not cover one another."""

import random
import re
from itertools import combinations, pairwise

import pytest

from careers import map_labels as labels
from careers import map_spots, world_map
from careers.models import Place
from tests import factories
from tests.page_text import read


@pytest.mark.parametrize(
    ("point", "left", "top"),
    [
        ((35.68, 139.75), 679, 262),  # Tokyo, where the lines of the map begin
        ((38.907, -77.037), 1252, 247),
        ((51.507, -0.128), 119, 185),
        ((79, 150), 720, 0),
        ((0, -30.1), 1440, 411),
        ((0, -29.9), 0, 411),
    ],
)
def test_points_lie_where_the_drawing_has_them(point, left, top):
    x, y = world_map.project(*point)
    assert (round(x), round(y)) == (pytest.approx(left, abs=1), pytest.approx(top, abs=1))


def test_line_leaves_tokyo_and_ends_at_the_place():
    numbers = [tuple(map(int, pair)) for pair in re.findall(r"(-?\d+) (-?\d+)", world_map.route(51.5, -0.1))]
    assert (numbers[0], numbers[-1]) == ((679, 262), (120, 184))


def test_line_over_the_edge_of_the_map_is_cut_there_and_not_drawn_across():
    points = re.findall(r"([ML])(\d+) (\d+)", world_map.route(-20.0, -35.0))
    steps = [abs(int(one[1]) - int(two[1])) for one, two in pairwise(points) if two[0] == "L"]
    assert max(steps) < world_map.WIDTH / 2


def test_tokyo_has_no_line():
    assert world_map.route(35.7, 139.7) == ""


@pytest.mark.parametrize("point", [(-12.046, -77.043), (-33.4, -70.7)])
def test_line_that_would_cross_the_headline_leads_below_it(point):
    line = world_map.route(*point, world_map.HEADLINE)
    assert line.startswith("M679 262C")
    assert not any(world_map.inside(at, world_map.HEADLINE) for at in curve(line))


def test_line_beside_the_headline_is_a_great_circle():
    assert world_map.route(38.907, -77.037, world_map.HEADLINE) == world_map.route(38.907, -77.037)


def curve(path):
    """Return points on a path "M a C b c d"."""
    corners = [complex(*map(float, at)) for at in re.findall(r"([\d.]+) ([\d.]+)", path)]
    points = [sum(w * at for w, at in zip(weights(n / 200), corners, strict=True)) for n in range(201)]
    return [(point.real, point.imag) for point in points]


def weights(t):
    return (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_labels_never_cover_one_another_however_wide_the_screen(seed, wide):
    chance = random.Random(seed)  # noqa: S311
    names = ["国連代表部", "米国", "サウジアラビア", "Saudi Arabia", "Peru"]
    dots = tuple((chance.uniform(0, 1440), chance.uniform(0, 668), 5) for _number in range(60))
    texts = tuple(f"{number} {chance.choice(names)}" if wide else str(number) for number in range(60))
    clear = map_spots.HOME_CABLE
    placed = labels.lay_out(dots, texts, clear, wide)
    boxes = [labels.label_box(*one) for one in zip(dots, texts, placed, strict=True) if one[2]]
    for width in (1024, 1440, 2560) if wide else (320, 390, 768, 1023):
        shown = [box.at(width) for box in boxes]
        assert not any(overlap(one, other) for one, other in combinations(shown, 2))
        assert not any(overlap(one, box.at(width)) for one in shown for box in clear)
        assert (min(box[0] for box in shown) >= 0, max(box[2] for box in shown) <= width) == (True, True)
    assert 10 < len(boxes) < 60  # a label without room is left out; the list has its name


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place(slug, kind, country, **fields):
    return Place(slug=slug, kind=kind, title_ja=slug, country_ja=country, latitude="10", longitude="20", **fields)


PLACES = [
    place("essay", "other-ministry", "日本"),
    place("tokyo", "headquarters", "日本"),
    place("embassy", "posting", "英国"),
    place("university", "study", "英国"),
    place("example", "example", "仏国"),
    place("site", "project", "希国"),
    place("meeting", "travel", "独国"),
]


def test_country_is_one_spot_and_other_ministries_come_last():
    rows = [(spot.number, spot.name, [one.slug for one in spot.places]) for spot in map_spots.spots(PLACES)]
    assert rows == [
        ("", "tokyo", ["tokyo"]),
        ("1", "英国", ["embassy", "university"]),
        ("2", "仏国", ["example"]),
        ("3", "希国", ["site"]),
        ("4", "独国", ["meeting"]),
        ("5", "essay", ["essay"]),
    ]


def test_lines_lead_to_missions_and_projects_alone():
    assert [spot.name for spot in map_spots.spots(PLACES) if spot.line] == ["英国", "希国"]


def test_home_page_shows_tokyo_missions_and_projects_under_their_numbers_in_the_list():
    found = [(spot.number, spot.name) for spot in map_spots.home_spots(PLACES)]
    assert found == [("", "tokyo"), ("1", "英国"), ("3", "希国")]


def test_place_under_the_headline_is_not_on_the_home_page():
    hawaii = Place(kind="posting", slug="h", country_ja="太平洋", latitude="21", longitude="-157")
    assert ([*map_spots.home_spots([hawaii])], len(map_spots.spots([hawaii]))) == ([], 1)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_number_on_the_map_is_a_row_of_the_list(client, language):
    html = read(client.get(f"/{language}/places/"))
    drawn = re.findall(r'<text class="map__short"[^>]*>(\d+)</text>', html)
    rows = re.findall(r'<span class="country__number">(\d+)</span>', html)
    assert drawn == rows == [str(number) for number in range(1, 13)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_names_under_the_map_lead_to_their_rows(client, language):
    html = read(client.get(f"/{language}/places/"))
    assert set(re.findall(r'<b>\d+</b> <a href="#([\w-]+)"', html)) <= set(re.findall(r'id="([\w-]+)"', html))


@pytest.mark.django_db
def test_map_of_the_home_page_has_no_place_of_another_ministry(client):
    html = read(client.get("/ja/"))
    assert ("東京" in html, "ペルー" in html, "天津" in html, "宮崎県" in html) == (True, True, False, False)


@pytest.mark.django_db
def test_place_that_is_not_live_is_not_on_the_map(client):
    factories.place(title_ja="見える", country_ja="見える国", latitude="-30", longitude="25")
    factories.place(country_ja="見えない国", latitude="-10", longitude="-55", state="draft")
    html = read(client.get("/ja/"))
    assert ("見える国" in html, "見えない国" in html) == (True, False)

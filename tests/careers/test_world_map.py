"""Tests of the world map: the positions of places, and names that do not cover one another."""

import random
import re
from itertools import combinations, pairwise

import pytest

from careers import world_map as world
from careers.models import Place
from tests import factories
from tests.page_text import read


def place(latitude, longitude):
    return Place(latitude=str(latitude), longitude=str(longitude))


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
    x, y = world.project(*point)
    assert (round(x), round(y)) == (pytest.approx(left, abs=1), pytest.approx(top, abs=1))


def test_line_leaves_tokyo_and_ends_at_the_place():
    numbers = [tuple(map(int, pair)) for pair in re.findall(r"(-?\d+) (-?\d+)", world.route(51.5, -0.1))]
    assert numbers[0] == (679, 262)
    assert numbers[-1] == (120, 184)


def test_line_over_the_edge_of_the_map_is_cut_there_and_not_drawn_across():
    points = re.findall(r"([ML])(\d+) (\d+)", world.route(-20.0, -35.0))
    steps = [abs(int(one[1]) - int(two[1])) for one, two in pairwise(points) if two[0] == "L"]
    assert max(steps) < world.WIDTH / 2


def test_tokyo_has_no_line():
    assert world.route(35.7, 139.7) == ""


def boxes(spots):
    return [world.box_of(spot, spot.label) for spot in spots if spot.label]


@pytest.mark.parametrize("seed", range(5))
def test_names_never_cover_one_another_or_the_headline_however_many_there_are(seed):
    chance = random.Random(seed)  # noqa: S311
    names = ["在サウジアラビア日本国大使館", "米国", "Permanent Mission of Japan to the United Nations", "Peru"]
    crowd = [
        (place(chance.uniform(30, 60), chance.uniform(-20, 60)), chance.choice(names)) for _number in range(60)
    ] + [(place(chance.uniform(-50, 70), chance.uniform(-180, 180)), chance.choice(names)) for _number in range(60)]
    spots = world.spots(crowd)
    shown = boxes(spots)
    assert not any(world.boxes_overlap(one, other) for one, other in combinations(shown, 2))
    assert not any(world.boxes_overlap(box, world.HEADLINE) for box in shown)
    assert all(box[0] >= 0 and box[2] <= world.NARROWEST for box in shown)
    assert 10 < len(shown) < len(spots)  # a name without room stands only in the list beside the map


def test_places_at_one_point_share_a_dot():
    spots = world.spots([(place(24.713, 46.675), "サウジアラビア"), (place(24.713, 46.675), "公邸")])
    assert [(spot.name, len(spot.places)) for spot in spots] == [("サウジアラビア", 2)]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ja/", "/en/places/"])
def test_every_name_on_the_map_leads_to_its_place_in_the_list(client, path):
    html = read(client.get(path))
    leads = re.findall(r'<a href="/(?:ja|en)/places/#([\w-]+)">\s*<text', html)
    listed = re.findall(r'<div id="([\w-]+)">', read(client.get("/ja/places/")))
    assert len(leads) > 8
    assert set(leads) <= set(listed)


@pytest.mark.django_db
def test_place_that_is_not_live_is_not_on_the_map(client):
    factories.place(title_ja="見える", country_ja="見える国", latitude="-30", longitude="25")
    factories.place(country_ja="見えない国", latitude="-10", longitude="-55", state="draft")
    html = read(client.get("/ja/"))
    assert ("見える国" in html, "見えない国" in html) == (True, False)

"""Tests of the world map in Chromium: no line through the headline, no label on another, one cable without a gap."""

import pytest

from tests.page_kinds import LANGUAGES

WIDTHS = [320, 390, 768, 1024, 1440, 1920, 2560]

#: Return how many points of the drawn lines and of the cable lie within a letter of the headline.
POINTS_IN_HEADLINE = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("h1"));
  const letters = [...range.getClientRects()];
  const points = [...document.querySelectorAll(".map path")].flatMap(path => {
    const matrix = path.getScreenCTM(), length = path.getTotalLength();
    return Array.from({length: 400}, (_, n) => path.getPointAtLength(length * n / 399).matrixTransform(matrix));
  });
  const within = (at, box) => box.left < at.x && at.x < box.right && box.top < at.y && at.y < box.bottom;
  return points.filter(at => letters.some(box => within(at, box))).length;
}"""

#: Return the pairs of visible labels that overlap, and the labels over the headline or past an edge of the screen. The
#: box of a label is the line of its font, which is taller than its letters.
LABEL_FAULTS = """() => {
  const shrunk = box => ({left: box.left, right: box.right, top: box.top + 3, bottom: box.bottom - 3});
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const labels = [...document.querySelectorAll(".map text")].map(text => [text, text.getBoundingClientRect()])
    .filter(([text, box]) => box.width).map(([text, box]) => [text.textContent, shrunk(box)]);
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("h1"));
  const letters = [...range.getClientRects()];
  const pairs = labels.flatMap(([name, box], n) =>
    labels.slice(n + 1).filter(([other, at]) => meet(box, at)).map(([other]) => `${name} on ${other}`));
  const lost = labels.filter(([name, box]) =>
    box.left < 0 || box.right > innerWidth || letters.some(at => meet(box, at)));
  return [...pairs, ...lost.map(([name]) => name)];
}"""

#: Return (top, bottom, distance from the left) of the cable in each block that it passes.
CABLE = """() => [".title", ".places-map", ".countries"].map(name => {
  const block = document.querySelector(name), box = block.getBoundingClientRect();
  const line = getComputedStyle(block, "::before");
  return [box.top + scrollY, box.bottom + scrollY, Math.round(parseFloat(line.left))];
})"""


@pytest.fixture(params=LANGUAGES)
def home(request, windows):
    window = windows[request.param]
    window.open(f"/{request.param}/")
    return window


@pytest.fixture(params=LANGUAGES)
def places(request, windows):
    window = windows[request.param]
    window.open(f"/{request.param}/places/")
    return window


def test_no_line_runs_through_the_headline(home):
    found = {}
    for width in WIDTHS:
        home.widen(width)
        found[width] = home.page.evaluate(POINTS_IN_HEADLINE)
    assert found == dict.fromkeys(WIDTHS, 0)


def faults_of_labels(window):
    found = {}
    for width in WIDTHS:
        window.widen(width)
        found[width] = window.page.evaluate(LABEL_FAULTS)
    return found


def test_labels_cover_nothing_on_the_home_page(home):
    assert faults_of_labels(home) == {width: [] for width in WIDTHS}


def test_labels_cover_nothing_on_the_page_of_places(places):
    assert faults_of_labels(places) == {width: [] for width in WIDTHS}


def test_first_screen_of_a_phone_has_a_way_on(home):
    home.widen(390, 760)
    ways = home.page.locator(".hero__ways a")
    assert [way.bounding_box()["y"] + 44 < 760 for way in ways.all()] == [True, True]


@pytest.mark.parametrize("width", [390, 1440])
def test_cable_passes_the_map_of_places_without_a_gap(places, width):
    places.widen(width)
    (title, places_map, rows) = places.page.evaluate(CABLE)
    assert (title[1], places_map[1]) == (pytest.approx(places_map[0], abs=1), pytest.approx(rows[0], abs=1))
    assert title[2] == pytest.approx(places_map[2], abs=1) == pytest.approx(rows[2], abs=1)


def test_map_takes_no_stop_of_the_keyboard(home):
    assert home.page.locator(".map :is(a, [tabindex])").count() == 0

"""Tests of each kind of page in Chromium, in both languages: on screens of any size, by keyboard and in print."""

import itertools

import pytest

from tests.browser import DESKTOP, PHONE
from tests.page_kinds import ERRORS, examples, kinds, views
from tests.quality import axe, keyboard, reflow


@pytest.fixture(scope="module", params=kinds(), ids=str)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def window(request, kind, windows, address_of):
    """Return a window with the page of the kind, loaded once for all tests of this module."""
    window = request.getfixturevalue("editors_window") if kind.signed_in else windows[kind.language]
    window.status = window.open(address_of(kind))
    return window


def test_page_loads_without_a_complaint_and_from_the_site_alone(window, kind, site):
    assert window.status == {"not found": 404, "bad request": 400}.get(kind.name, 200)
    assert [url for url in window.asked if not url.startswith(f"{site.url}/")] == []
    if kind.name not in ERRORS:  # the browser itself logs the status of an error page
        assert window.complaints == []


def test_page_walked_by_keyboard(window):
    assert keyboard.walk_faults(window.page) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_accessibility_rules(window, kind, width):
    window.widen(width)
    faults = axe.violations(window.page)
    if kind.signed_in:  # the styleguide shows landmarks of several pages
        faults = [fault for fault in faults if not fault.startswith("landmark-unique")]
    assert faults == []


def test_contrast_in_dark_colours(window):
    window.widen(DESKTOP)
    window.page.emulate_media(color_scheme="dark")
    try:
        assert axe.violations(window.page, axe.OF_COLOUR) == []
    finally:
        window.page.emulate_media(color_scheme="light")


def test_page_fits_the_narrowest_screen(window):
    assert reflow.reflow_faults(window.page) == []


def test_page_fits_with_text_of_double_size(window):
    assert reflow.enlarged_faults(window.page) == []


def test_headings_go_down_step_by_step(window, kind):
    if kind.signed_in:
        pytest.skip("the styleguide shows the heads of several pages")
    levels = window.page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.localName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [step for step in itertools.pairwise(levels) if step[1] > step[0] + 1] == []


def test_page_says_the_same_without_javascript(window, kind, bare, address_of):
    if kind.signed_in:
        pytest.skip("the window without JavaScript is not signed in")
    window.widen(DESKTOP)
    bare.open(address_of(kind))
    text = window.page.inner_text("body")
    assert bare.page.inner_text("body") == text
    assert len(text) > 200


def test_menu_is_not_on_paper(window):
    window.page.emulate_media(media="print")
    try:
        assert window.page.locator("body > .sea nav:visible, footer nav:visible").all_inner_texts() == []
    finally:
        window.page.emulate_media(media="null")


def test_every_page_of_the_sitemap_is_of_a_known_kind(site):
    assert {view for view, _language in examples(site.paths)} - set(views()) == set()

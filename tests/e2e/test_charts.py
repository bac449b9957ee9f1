"""Tests of the charts of days and of the family in Chromium: no text covers another or leaves its bar at any width."""

import pytest

from tests.page_kinds import LANGUAGES

WIDTHS = (320, 360, 390, 600, 768, 1024, 1279, 1440, 1920, 2560)
PATHS = ("/", "/days/", "/work-life/", "/interviews/goto/")

#: Return the pairs of visible texts of a drawing that cover one another by more than the 2 pixels between two lines.
COVERED = """() => [...document.querySelectorAll('svg.day-drawing')].flatMap(drawing => {
    const boxes = [...drawing.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()])
        .filter(([, box]) => box.width)
    return boxes.flatMap(([one, a], number) => boxes.slice(number + 1).filter(([, b]) =>
        a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2
    ).map(([other]) => `${one} / ${other}`))
})"""

#: Return the words that are wider or higher than the bar they stand in.
SPILT = """() => [...document.querySelectorAll('.bar')].filter(
    bar => bar.scrollWidth > bar.clientWidth + 1 || bar.scrollHeight > bar.clientHeight + 1
).map(bar => bar.textContent.trim())"""


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_charts_are_clear_of_one_another(language, path, windows):
    window = windows[language]
    window.open(f"/{language}{path}")
    faults = []
    for width in WIDTHS:
        window.widen(width)
        faults += [(width, fault) for code in (COVERED, SPILT) for fault in window.page.evaluate(code)]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_days_is_short_on_a_phone_and_open_on_a_wide_page(language, windows):
    window = windows[language]
    window.open(f"/{language}/days/")
    entry = window.page.locator("#headquarters-first-year-lunch")
    assert entry.is_visible()
    window.widen(390)
    assert not entry.is_visible()
    window.page.goto(f"{window.site.url}/{language}/days/#headquarters-first-year-lunch")
    assert entry.is_visible()

"""Tests of the drawings of careers and training in Chromium at any width, also with content that is hard to draw."""

import pytest

from tests.page_kinds import LANGUAGES
from tests.quality.drawn_text import text_faults

WIDTHS = (320, 390, 768, 1024, 1280, 1440, 2560)
#: The drawing with words, and the list whose entries carry the line.
WIDE, LIST = ".career > .career-line", ".career__turn"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.mark.parametrize("path", ["paths", "work", "training", "interviews/goto", "interviews/deputy-director-o", ""])
def test_no_text_covers_another_or_a_line(language, path, windows):
    window = windows[language]
    window.open(f"/{language}/{path}/".replace("//", "/"))
    for width in WIDTHS:
        window.widen(width)
        assert (width, text_faults(window.page)) == (width, [])


def test_hard_content_covers_nothing(language, editors_window):
    editors_window.open(f"/{language}/styleguide/")
    for width in WIDTHS:
        editors_window.widen(width)
        assert (width, text_faults(editors_window.page)) == (width, [])


@pytest.mark.parametrize("path", ["paths", "work", "interviews/goto", "interviews/deputy-director-o"])
def test_career_is_drawn_once_at_every_width(language, path, windows):
    window = windows[language]
    window.open(f"/{language}/{path}/")
    for width in WIDTHS:
        window.widen(width)
        shown = [window.page.locator(drawing).first.is_visible() for drawing in (WIDE, LIST)]
        assert (width, shown) == (width, [width >= 1024, width < 1024])


def test_career_is_drawn_on_paper(language, windows):
    window = windows[language]
    window.open(f"/{language}/paths/")
    window.widen(660)  # the width of an A4 page between its margins
    window.page.emulate_media(media="print")
    try:
        assert window.page.locator(WIDE).first.is_visible()
        assert text_faults(window.page) == []
    finally:
        window.page.emulate_media(media="null")

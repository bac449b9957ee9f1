"""Tests of the site without JavaScript, in print and with the menu of a phone, and of the editors' sign-in page."""

import io
import re
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import PHONE
from tests.page_kinds import LANGUAGES
from tests.quality import axe

#: A PDF may encode a character as another one that looks the same. Unicode normalisation does not unify these pairs.
LOOKALIKES = str.maketrans("⺠⻁⻄⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲‧", "民虎西長青食鬼麦黄斉歯竜亀・")


def squeezed(text):
    """Return a text without white space and with one form of each character, to compare two renderings."""
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", text).translate(LOOKALIKES))


@pytest.fixture(scope="module")
def printed(windows):
    """Return a function that prints the page at a path to PDF and returns its squeezed() text."""

    def text_of(path):
        page = windows[path[1:3]].page
        windows[path[1:3]].open(path)
        return squeezed("".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(page.pdf())).pages))

    return text_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_open_without_javascript(language, bare):
    bare.open(f"/{language}/faq/")
    question = bare.page.locator("details").first
    answer = question.locator("p").first
    expect(answer).to_be_hidden()
    question.locator("summary").click()
    expect(answer).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_on_paper(language, windows, printed):
    page = windows[language].page
    windows[language].open(f"/{language}/faq/")
    answers = [squeezed(text) for text in page.locator("main details p:not(:has(> a:only-child))").all_text_contents()]
    on_paper = printed(f"/{language}/faq/")
    assert len(answers) > 10
    assert [answer for answer in answers if answer not in on_paper] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_address_of_the_page_is_on_paper_alone(language, windows, printed):
    page = windows[language].page
    windows[language].open(f"/{language}/faq/")
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert address not in page.inner_text("body")
    assert squeezed(address) in printed(f"/{language}/faq/")


@pytest.fixture
def phone_menu(windows):
    """Return a function that opens a page on a phone and returns (page, menu, the button that opens it)."""

    def opened(language):
        windows[language].open(f"/{language}/work/")
        windows[language].widen(PHONE)
        page = windows[language].page
        return page, page.locator("#menu"), page.locator("header > .menu-button")

    return opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_of_a_phone_holds_the_focus_until_it_is_closed_by_keyboard(language, phone_menu):
    page, menu, button = phone_menu(language)
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert axe.violations(page) == []
    held = "() => document.activeElement === document.body || document.activeElement.closest('#menu') !== null"
    for _stop in range(2 * menu.locator("a, button").count()):
        page.keyboard.press("Tab")
        assert page.evaluate(held)  # the body has the focus while the browser's own buttons have it
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_of_a_phone_closes_where_it_was_opened(language, phone_menu):
    page, menu, button = phone_menu(language)
    box = button.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*middle)
    expect(menu).to_be_visible()
    page.mouse.click(*middle)
    expect(menu).to_be_hidden()


def test_menu_of_a_phone_opens_as_a_popover_in_a_browser_without_command_buttons(phone_menu):
    page, menu, button = phone_menu("ja")
    forget = "buttons => buttons.forEach(button => button.removeAttribute('commandfor'))"
    page.eval_on_selector_all(".menu-button", forget)
    button.click()
    expect(menu).to_be_visible()
    menu.locator(".menu-button").click()
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_sign_in_page_of_the_admin(width, windows):
    window = windows["ja"]
    window.open("/admin/login/")
    window.widen(width)
    assert [fault for fault in axe.violations(window.page) if not fault.startswith("page-has-heading-one")] == []

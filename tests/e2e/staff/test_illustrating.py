"""Tests of adding a picture to an interview in a real browser. Readers get a rendition that fits their screen."""

import re
from contextlib import ExitStack, closing

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser import Window, follow
from tests.staff import go_to, press

PAGE = "/ja/interviews/goto/"
SHIFTS = """() => new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) total += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(total), 300);
})"""


@pytest.fixture
def come(chromium, site):
    """Yield a function that returns a new window of a reader."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(Window(chromium, site)))


@pytest.fixture
def photograph(tmp_path):
    """Return a function that draws a picture of a size and a colour and returns its path."""

    def draw(name, size, colour):
        image = Image.new("RGB", size, colour)
        ImageDraw.Draw(image).ellipse((100, 100, 700, 700), "white")
        image.save(tmp_path / name)
        return tmp_path / name

    return draw


def seen(window, width):
    """Return the picture's width on a screen of `width` pixels, the width of its file, and the page's layout shift."""
    window.page.goto("about:blank")
    window.widen(width)
    window.page.goto(window.site.url + PAGE)
    picture = window.page.get_by_role("img", name="端末の前に座る職員")
    picture.evaluate("image => image.decode()")
    shown, source = picture.bounding_box()["width"], picture.evaluate("image => image.currentSrc")
    return shown, int(re.search(r"-(\d+)\.avif$", source)[1]), window.page.evaluate(SHIFTS)


def test_portrait_is_uploaded_focused_shown_and_replaced(sign_in, come, photograph):
    editor = sign_in("承認者")
    go_to(editor, "写真・画像")
    follow(editor, editor.get_by_role("link", name="写真・画像 を追加"))
    editor.get_by_label("名称").fill("セキュリティの担当者")
    editor.get_by_label("ファイル").set_input_files(photograph("first.png", (2400, 1600), "teal"))
    press(editor, "保存")
    expect(editor.get_by_text("何が写っているかを日本語で書くか")).to_be_visible()
    editor.get_by_label("ファイル").set_input_files(photograph("first.png", (2400, 1600), "teal"))
    editor.get_by_label("代替テキスト (日本語)").fill("端末の前に座る職員")
    editor.get_by_label("代替テキスト (英語)").fill("A member of staff at a terminal")
    press(editor, "保存")

    whole = editor.get_by_role("img", name="端末の前に座る職員")
    box = whole.bounding_box()
    whole.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.3})
    assert [editor.get_by_label(label).input_value() for label in ("焦点（左から）", "焦点（上から）")] == ["20", "30"]
    press(editor, "保存")

    go_to(editor, "インタビュー", "博物館学を学び")
    editor.get_by_label("写真・画像").select_option(label="セキュリティの担当者")
    press(editor, "公開する")
    window = come()
    for width in (390, 768, 1280):
        shown, given, shift = seen(window, width)
        assert shown <= given <= 2 * shown
        assert shift < 0.01
    first = window.page.get_by_role("img", name="端末の前に座る職員").evaluate("image => image.currentSrc")

    go_to(editor, "写真・画像", "セキュリティの担当者")
    expect(editor.get_by_role("link", name="博物館学を学び")).to_be_visible()
    editor.get_by_label("ファイル").set_input_files(photograph("second.png", (1600, 2000), "maroon"))
    press(editor, "保存")
    assert window.complaints == []
    window = come()
    shown, given, shift = seen(window, 390)
    assert (shown <= given <= 2 * shown, shift < 0.01) == (True, True)
    assert window.page.get_by_role("img", name="端末の前に座る職員").evaluate("image => image.currentSrc") != first
    assert window.complaints == []

"""Tests of the quality checks: each finds its fault on a page that has it."""

import pytest

from tests.quality import axe, keyboard, nu, reflow

GOOD = """<!doctype html><html lang="en"><head><title>A page</title></head><body>
<a href="#main">Skip</a>
<main id="main"><h1>A page</h1><p>Text with <a href="/">a link</a>.</p>{}</main></body></html>"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("<button>Press</button>", []),
        ("<style>button:focus { outline: 0 }</style><button>Press</button>", ["button Press does not show the focus"]),
        (
            "<button>Press</button><div style='position:fixed;inset:0;background:red'></div>",
            [f"{stop} is out of view or covered" for stop in ("a Skip", "a a link", "button Press")],
        ),
    ],
    ids=["good", "focus not shown", "focus covered"],
)
def test_walk(page, part, found):
    page.set_content(GOOD.format(part))
    assert keyboard.walk_faults(page) == found


@pytest.mark.parametrize(
    "part",
    [
        "<input aria-label='Trap'><script>document.querySelector('input').onkeydown = e => e.preventDefault()</script>",
        "<button tabindex='2'>First</button>",
    ],
    ids=["trap", "order changed"],
)
def test_walk_that_leaves_the_order(page, part):
    page.set_content(GOOD.format(part))
    assert "the stops are not those of the page in their order" in keyboard.walk_faults(page)[-1]


def test_walk_without_a_skip_link(page):
    page.set_content(GOOD.format("").replace('<a href="#main">Skip</a>', ""))
    assert keyboard.walk_faults(page) == ["the first stop does not lead past the menu"]


def test_page_too_wide(page):
    page.set_content(GOOD.format("<p class='wide' style='width: 50rem'>Wide</p>"))
    assert reflow.reflow_faults(page) == ["808 px wide: p.wide"]
    assert reflow.enlarged_faults(page) == ["1608 px wide: p.wide"]


def test_picture_without_a_text(page):
    page.set_content(GOOD.format("<img src='data:,'>"))
    assert [fault.split(":")[0] for fault in axe.violations(page)] == ["image-alt"]


def test_broken_html_and_css(checker, tmp_path):
    assert nu.page_faults(checker, GOOD.format("<p id='main'></p><font>old</font>")) != []
    stylesheet = tmp_path / "broken.css"
    stylesheet.write_text("p { colour: red; font-size: 2cqx }")
    assert len(nu.stylesheet_faults([stylesheet])) == 2

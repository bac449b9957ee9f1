"""What we measure ourselves: a walk by keyboard, and the width that a page takes."""

from functools import cache
from pathlib import Path

from judges.browser import HEIGHT

#: WCAG 1.4.10 asks for 320 CSS pixels, 1.4.4 for text of double size.
NARROWEST, HALF = 320, 640

TOO_WIDE = """width => {
  const page = document.documentElement;
  if (page.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(part => part.getBoundingClientRect().right > width);
  const named = wide.map(part => part.localName + (part.classList.length ? "." + part.classList[0] : ""));
  return [`${page.scrollWidth} px wide: ${[...new Set(named)].slice(0, 8).join(", ")}`];
}"""
ENLARGE = "size => { document.documentElement.style.fontSize = size; }"


@cache
def walk_script():
    return (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")


def walk(page):
    """Press Tab through a page that was just loaded; return the stops that it should make and those it made.

    A stop made is {name, place among those it should make, href, faults}. The last press leaves the page.
    """
    expected = page.evaluate(walk_script())
    for _stop in range(len(expected) + 2):
        page.keyboard.press("Tab")
    return expected, page.evaluate("() => { document.activeElement.blur(); return window.walked(); }")


def walk_faults(page):
    """Return what goes wrong on a walk by keyboard, a line each."""
    expected, stops = walk(page)
    faults = [f"{stop['name']} {fault}" for stop in stops for fault in stop["faults"]]
    if not stops or not (stops[0]["href"] or "").startswith("#"):
        faults.append("the first stop does not lead past the menu")
    order = [stop["place"] for stop in stops]
    rest = order[len(expected) :]
    if order[: len(expected)] != list(range(len(expected))) or rest not in ([], [0]):
        made = [stop["name"] for stop in stops]
        faults.append(f"the stops are not those of the page in their order: {made} instead of {expected}")
    return faults


def reflow_faults(page):
    """Return what makes a page wider than a phone of 320 px."""
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    return page.evaluate(TOO_WIDE, NARROWEST)


def enlarged_faults(page):
    """Return what makes a page of 640 px wider when its text is twice as large."""
    page.set_viewport_size({"width": HALF, "height": HEIGHT})
    page.evaluate(ENLARGE, "200%")
    found = page.evaluate(TOO_WIDE, HALF)
    page.evaluate(ENLARGE, "")
    return found

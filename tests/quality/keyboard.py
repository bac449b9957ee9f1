"""A walk through a page by keyboard: each focusable element gets the focus in its order, in view, and shows it."""

from functools import cache
from pathlib import Path


@cache
def walk_script():
    return (Path(__file__).parent / "keyboard.js").read_text(encoding="utf-8")


def walk(page):
    """Press Tab through a page that has just loaded. Return (names of the expected stops, actual stops).

    A stop is an element that gets the focus. An actual stop is {"name", "place": index among the expected stops,
    "href", "faults"}. The last press leaves the page.
    """
    expected = page.evaluate(walk_script())
    for _stop in range(len(expected) + 2):
        page.keyboard.press("Tab")
    return expected, page.evaluate("() => { document.activeElement.blur(); return window.walked(); }")


def walk_faults(page):
    """Return the faults of a walk by keyboard, a line for each."""
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

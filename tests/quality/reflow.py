"""Reflow: the width of a page on a narrow screen and with enlarged text (WCAG 1.4.10, 1.4.4)."""

from tests.browser import HEIGHT

#: WCAG 1.4.10 requires no horizontal scrolling at 320 CSS pixels, 1.4.4 text at 200 %.
NARROWEST, HALF = 320, 640

TOO_WIDE = """width => {
  const page = document.documentElement;
  if (page.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(part => part.getBoundingClientRect().right > width);
  const named = wide.map(part => part.localName + (part.classList.length ? "." + part.classList[0] : ""));
  return [`${page.scrollWidth} px wide: ${[...new Set(named)].slice(0, 8).join(", ")}`];
}"""
ENLARGE = "size => { document.documentElement.style.fontSize = size; }"


def reflow_faults(page):
    """Return a line that names the elements wider than a screen of 320 px, in a list; [] if the page fits."""
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    return page.evaluate(TOO_WIDE, NARROWEST)


def enlarged_faults(page):
    """Return a line that names the elements wider than a screen of 640 px with text at 200 %, in a list; else []."""
    page.set_viewport_size({"width": HALF, "height": HEIGHT})
    page.evaluate(ENLARGE, "200%")
    faults = page.evaluate(TOO_WIDE, HALF)
    page.evaluate(ENLARGE, "")
    return faults

"""Texts in drawings: whether any two cover one another, and whether a line of a career crosses one."""

#: The drawings whose texts are looked at, and the lines that must not cross their texts.
DRAWINGS = ".career-line, .career__heads, .training-overview__axis"
LINES = ".career__solid, .career__dotted, .career__tether, .career__free"

FAULTS = """([drawings, lines]) => {
  const faults = [];
  const box = text => {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    const spare = (bottom - top) * 0.12;  // a box includes the space for accents and descenders
    const name = text.textContent.trim();
    return { name, left: left + 1, top: top + spare, right: right - 1, bottom: bottom - spare };
  };
  const points = line => {
    const matrix = line.getScreenCTM(), length = line.getTotalLength();
    return Array.from({ length: Math.ceil(length) + 1 }, (_, at) => line.getPointAtLength(at).matrixTransform(matrix));
  };
  for (const drawing of document.querySelectorAll(drawings)) {
    if (!drawing.checkVisibility()) continue;
    const texts = [...drawing.querySelectorAll("text")].filter(text => text.textContent.trim()).map(box);
    texts.forEach((one, number) => texts.slice(number + 1).forEach(other => {
      if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
        faults.push(`“${one.name}” and “${other.name}” overlap`);
    }));
    const drawn = [...drawing.querySelectorAll(lines)].flatMap(points);
    for (const text of texts)
      if (drawn.some(({ x, y }) => text.left < x && x < text.right && text.top < y && y < text.bottom))
        faults.push(`a line crosses “${text.name}”`);
    for (const text of texts)
      if (text.right > document.documentElement.clientWidth) faults.push(`“${text.name}” leaves the page`);
  }
  return faults;
}"""


def text_faults(page):
    """Return a line for each fault of a text in a drawing on the page."""
    return page.evaluate(FAULTS, [DRAWINGS, LINES])

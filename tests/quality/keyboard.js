// Prepares a page for a walk by keyboard: returns the expected stops, and records each actual stop with its faults.
() => {
  const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";

  const name = (element) =>
    `${element.localName} ${(element.getAttribute("aria-label") || element.textContent).trim().replace(/\s+/g, " ").slice(0, 40)}`;

  // The styles of an element and its descendants that can show the focus.
  const look = (element) =>
    [element, ...element.querySelectorAll("*")]
      .map((part) => getComputedStyle(part))
      .map((style) => [style.outlineStyle !== "none" && style.outline, style.boxShadow, style.stroke, style.strokeWidth].join())
      .join("|");

  const isSeen = (element) =>
    [...element.getClientRects()].some((box) =>
      [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
        const found = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
        return found && (element.contains(found) || found.contains(element));
      }),
    );

  const expected = [...document.querySelectorAll(STOPS)].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }),
  );
  const unfocused = new Map(expected.map((element) => [element, look(element)]));
  const stops = [];

  const record = () => {
    const element = document.activeElement;
    if (element === document.body) return;
    const faults = [];
    if (!isSeen(element)) faults.push("is out of view or covered");
    if (look(element) === unfocused.get(element)) faults.push("does not show the focus");
    stops.push({ name: name(element), place: expected.indexOf(element), href: element.getAttribute("href"), faults });
  };
  document.addEventListener("keydown", (event) => event.key === "Tab" && record(), true);
  window.walked = () => stops;
  return expected.map(name);
}

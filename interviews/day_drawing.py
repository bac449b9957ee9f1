"""Shapes on an axis of time, and labels that never cover one another.

Lengths in x are per cent of the drawing's width, lengths in y are rem, so that a drawing grows with the reader's text.
The browser cannot say how wide it draws a word, so widths are estimated (width_of).
"""

from dataclasses import dataclass, replace

from recruit_site.text.line_breaking import split_phrases, wrap

#: The font sizes of the kinds of text that are not set in SMALL, in rem; day-chart.css sets the same.
SIZES = {"city": 1.375, "name": 1.0625}
SMALL = 0.8125
#: The distance between two lines, as a multiple of the font size, and that of small text, in rem.
LEADING = 1.4
LINE = round(SMALL * LEADING, 3)
#: The distance from the edge of a bar to its words, in rem.
PADDING = 0.375
#: How far a label may reach beyond the edge of the drawing, in rem.
OVERHANG = 0.5


def width_of(text, size=SMALL):
    """Return the estimated width, in rem, of a text; Latin letters and figures are about 0.57 of a kanji wide."""
    return sum(size if ord(letter) > 0x2E7F else size * 0.57 for letter in text)


@dataclass(frozen=True)
class DayBox:
    """A rectangle in rem, at one width of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other):
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other):
        return self.left <= other.left and other.right <= self.right


@dataclass(frozen=True)
class Rect:
    """A stretch of time. `kind` is that of its entry, or "frame", "next", "column"."""

    kind: str
    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self):
        return self.y + self.height

    @property
    def middle(self):
        return self.x + self.width / 2

    def box(self, width):
        return DayBox(self.x * width / 100, self.y, (self.x + self.width) * width / 100, self.bottom)

    def inner(self, width):
        """Return the box in which texts may stand: bars have an edge, columns have none."""
        box, edge = self.box(width), 0 if self.kind == "column" else PADDING / 2
        return DayBox(box.left + edge, box.top, box.right - edge, box.bottom)


@dataclass(frozen=True)
class DayLine:
    """A straight line of a kind: "grid", "axis", "whisker" (with a tick at each end)."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Dot:
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class DayText:
    """A line of words at the point (x, y), moved by `dx` rem. `bold` comes before the words.

    `stem` is the y of a dot that a thin line joins to the text. `level` is the number of the width from which on the
    text is shown.
    """

    words: str
    x: float
    y: float
    kind: str = "plain"
    anchor: str = "start"
    dx: float = 0
    bold: str = ""
    stem: float | None = None
    level: int = 0

    @property
    def stem_end(self):
        return round(self.y - SMALL if self.stem < self.y else self.y + 0.25, 3)

    def box(self, width):
        size = SIZES.get(self.kind, SMALL)
        length = width_of(f"{self.bold} {self.words}".strip(), size)
        left = self.x * width / 100 + self.dx - {"start": 0, "middle": length / 2, "end": length}[self.anchor]
        return DayBox(left, self.y - size, left + length + 0.25, self.y + size * 0.25)

    def boxes(self, width):
        """Return the box of the words and, if there is one, that of the stem."""
        words = self.box(width)
        if self.stem is None:
            return [words]
        x = self.x * width / 100
        return [words, DayBox(x - 0.1, min(self.stem, words.bottom), x + 0.1, max(self.stem, words.top))]


class Drawing:
    """Shapes and texts. `widths` are the widths of the drawing, in rem, at which more texts get room, the least first.

    What does not overlap at one of these widths does not overlap in a wider drawing either: the points move apart
    while the words keep their size.
    """

    def __init__(self, *widths):
        self.widths = widths
        self.rects, self.lines, self.dots, self.texts = [], [], [], []
        self.height = 0

    def rect(self, *values):
        rect = Rect(values[0], *(round(value, 3) for value in values[1:]))
        self.rects.append(rect)
        return rect

    def line(self, kind, *ends):
        self.lines.append(DayLine(kind, *(round(end, 3) for end in ends)))

    def dot(self, kind, x, y):
        self.dots.append(Dot(kind, round(x, 3), round(y, 3)))

    def put(self, *places, inside=None, levels=None):
        """Draw a text at the first place with room for it, at the least level; return it, None where none has room.

        `levels` is how many levels are tried, all by default.
        """
        for level in range(levels or len(self.widths)):
            for place in places:
                text = replace(place, x=round(place.x, 3), y=round(place.y, 3), level=level)
                if self.has_room([text], inside):
                    self.texts.append(text)
                    return text
        return None

    def put_lines(self, text, room, most, inside=None):
        """Draw a text on at most `most` lines that are `room` per cent wide; return the number of lines, or 0."""
        size = SIZES.get(text.kind, SMALL)
        for level, width in enumerate(self.widths):
            lines = lines_of(text.words, room * width / 100 - PADDING, size)
            texts = [
                replace(text, words=line, x=round(text.x, 3), y=round(text.y + number * size * LEADING, 3), level=level)
                for number, line in enumerate(lines)
            ]
            if 0 < len(lines) <= most and self.has_room(texts, inside):
                self.texts += texts
                return len(lines)
        return 0

    @property
    def bottom(self):
        """The y below which nothing is drawn yet, lines excepted."""
        texts = [text.box(self.widths[-1]).bottom for text in self.texts]
        return max([*texts, *(rect.bottom for rect in self.rects)], default=0)

    def has_room(self, texts, inside=None):
        """Return whether texts stay inside a Rect, or clear of all, and clear of the other texts."""
        width = self.widths[texts[0].level]
        frame = inside.inner(width) if inside else DayBox(-OVERHANG, 0, width + OVERHANG, 0)
        others = [rect.box(width) for rect in self.rects if rect is not inside and rect.kind != "frame"]
        return all(
            frame.holds(text.box(width))
            and not any(text.box(width).meets(other) for other in others)
            and not any(self.cross(text, other) for other in self.texts)
            for text in texts
        )

    def cross(self, text, other):
        width = self.widths[max(text.level, other.level)]
        return any(one.meets(another) for one in text.boxes(width) for another in other.boxes(width))


def lines_of(text, width, size=SMALL):
    """Return a text as lines of at most `width` rem, broken between phrases; [] if a phrase is longer than a line."""
    if any(width_of(phrase.rstrip(), size) > width for phrase in split_phrases(text)):
        return []
    return wrap(text, width, lambda line: width_of(line, size))

"""The labels of a drawn career. None of them covers another one or the line, and none is cut.

Widths are estimated for the narrowest page that shows the drawing; on wider pages the letters grow less than the room.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from careers.career_paths import ELSEWHERE, HOME, OVERSEAS
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.line_breaking import wrap

ABOVE, BELOW = "above", "below"

#: The kinds of lines in a label, each a data-line attribute: (size of the letters, height of the line) in pixels.
KINDS = {"year": (17, 26), "name": (13, 21), "text": (12, 18), "quiet": (12, 18), "small": (12, 15)}
#: The width of a Latin letter as a share of a full-width one, on average: mincho has wider ones.
MINCHO, GOTHIC = 0.57, 0.54
#: The left edge of a label, in pixels from its node, and its distance from what stands to its right.
LEFT, GAP = -6, 10
#: The least and the greatest width of the words of a label, and the most lines.
NARROW, WIDEST, MOST_LINES = 70, 190, 10


@dataclass(frozen=True)
class Layout:
    """The sizes of a drawing in pixels: its width, the column of lane names, a line of a lane's name, the lanes."""

    width: int
    names: int
    letter: int
    line: int
    gap: int
    latin: float
    has_words: bool
    left_of_turn: int = LEFT  # the left edge of a label on the side from which the line comes

    def width_of_name(self, text):
        return width_of(text, self.letter, self.latin)


#: The drawing with words at the narrowest width that shows it, and the small one on a page of 320 pixels.
WIDE = Layout(width=632, names=104, letter=13, line=18, gap=100, latin=MINCHO, has_words=True)
SMALL = Layout(width=166, names=88, letter=12, line=15, gap=46, latin=GOTHIC, has_words=False, left_of_turn=5)


@dataclass
class CareerLabel:
    """The lines of a station's label, as (kind, text) pairs, above or below the line. `left` is in pixels."""

    side: str
    lines: list[tuple[str, str]]
    left: int = LEFT

    @property
    def height(self):
        return sum(KINDS[kind][1] for kind, _text in self.lines)

    @property
    def width(self):
        return max(width_of_line(text, kind) for kind, text in self.lines)

    @property
    def rows(self):
        """The lines as (baseline in pixels below the lane, kind, text)."""
        top = 8 if self.side == BELOW else -self.height - 9
        rows = []
        for kind, text in self.lines:
            top += KINDS[kind][1]
            rows.append((top - 4, kind, text))
        return rows


def width_of(text, size, latin):
    """Return the estimated width of a text in pixels."""
    return sum(size if ord(letter) > 0x2E7F else size * latin for letter in text)


def width_of_line(text, kind):
    return width_of(text, KINDS[kind][0], GOTHIC if kind in ("text", "quiet") else MINCHO)


def place_labels(stations, swing, layout):
    """Set the labels of the stations, and return whether each has found room."""
    walls, ends = obstacles(stations, swing), {}
    came_from = {id(other): one.lane for one, other in pairwise(posts_of(stations))}
    in_order = sorted(stations, key=lambda station: station.x)
    for number, station in enumerate(in_order):
        turned = bands_between(came_from.get(id(station), station.lane), station.lane)
        place_label(station, in_order[number + 1 :], turned, walls, ends, layout)
    return all(station.label for station in stations)


def place_label(station, later, turned, walls, ends, layout):
    """Set the label of a station on the first side that has room for it, and note in `ends` where it ends.

    `turned` are the sides of lanes through which the line comes to the station.
    """
    for side in sides_of(station, later):
        left = layout.left_of_turn if (station.lane, side) in turned else LEFT
        start = station.x * layout.width + left
        room = room_for(station, side, later, walls, layout) - left
        is_free = start >= ends.get((station.lane, side), start)
        if is_free and (lines := label_lines(station, room, layout)):
            station.label = CareerLabel(side, lines, left)
            ends[station.lane, side] = start + station.label.width + GAP
            return


def posts_of(stations):
    return [station for station in stations if not station.stretch.is_training]


def obstacles(stations, swing):
    """Return {(lane, side): x of what crosses it, …}: the turns of the line, and the lines that hold training."""
    crossings = {}
    for one, other in pairwise(posts_of(stations)):
        for band in bands_between(one.lane, other.lane):
            crossings.setdefault(band, []).append(other.x - swing)
    for station in stations:
        if station.hangs_from is not None:
            for band in bands_between(station.hangs_from, station.lane):
                crossings.setdefault(band, []).append(station.x)
    return crossings


def bands_between(one, other):
    """Return the sides of lanes, as (lane, side) pairs, that a line from one lane to another crosses."""
    top, bottom = sorted((one, other))
    inner = [(lane, side) for lane in range(top + 1, bottom) for side in (ABOVE, BELOW)]
    return [] if top == bottom else [(top, BELOW), *inner, (bottom, ABOVE)]


def room_for(station, side, later, walls, layout):
    """Return the distance in pixels from a station to what its label must not reach on that side of the line."""
    limits = [(1 - station.x) * layout.width]
    limits += [(x - station.x) * layout.width - GAP for x in walls.get((station.lane, side), []) if x >= station.x]
    beside = next(((other.x - station.x) * layout.width for other in later if other.lane == station.lane), 0)
    if beside >= NARROW:
        limits.append(beside + LEFT - GAP)
    return min(limits)


def sides_of(station, later):
    """Return the sides in the order of preference: away from the turn that follows, and by turns within a stay."""
    if station.lane == ELSEWHERE:
        return [BELOW] if station.stretch.is_training else [BELOW, ABOVE]
    if station.lane == OVERSEAS:
        return [ABOVE, BELOW]
    following = next((other for other in later if not other.stretch.is_training), None)
    return [ABOVE, BELOW] if following and following.lane > HOME else [BELOW, ABOVE]


def label_lines(station, room, layout):
    """Return the lines of a label no wider than `room` pixels, [] where it has no room."""
    stretch, room = station.stretch, min(room, WIDEST)
    if not layout.has_words:
        small = [("small", str(stretch.year))] if stretch.year else []
        return small if small and width_of_line(*small[0][::-1]) <= room else []
    if room < NARROW:
        return []
    year = [("year", str(stretch.year))] if stretch.year else []
    lines = [*year, *wrapped(translated_text(stretch.piece, "title").text, "text" if year else "name", room)]
    if stretch.is_training or (stretch.length and not year):
        period = translated_text(stretch.piece, "period").text if hasattr(stretch.piece, "period") else ""
        lines += wrapped(period, "text", room)
    if stretch.is_training and station.hangs_from is None:
        lines += wrapped(_("The documents do not say at which stage"), "quiet", room)
    return lines if len(lines) <= MOST_LINES else []


def wrapped(text, kind, room):
    return [(kind, line) for line in wrap(text, room, lambda line: width_of_line(line, kind))]

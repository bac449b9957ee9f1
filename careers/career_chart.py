"""The chart of a career: a line that leaves the lane of headquarters for a lane above or below, and comes back.

The line continues the cable, the line that runs down each page. The drawing stretches with the page, so x is a share
of its width. Labels are laid out for NARROWEST, the narrowest page that shows the drawing.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from careers.career_paths import HOME, OVERSEAS
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.line_breaking import wrap

#: The width of the narrowest page that shows the drawing, in pixels.
NARROWEST = 720
#: The width of a full-width letter and the height of a line of text, in pixels.
LETTER, LINE = 14, 19
#: The share of the width that stays free after the last station, for its label.
TAIL = 0.16
#: The distance before a station at which the line begins to leave its lane, in pixels.
SWING = 45
#: The largest and the smallest width of a label, in pixels, and the most lines it shows.
#: The list beside the drawing has the whole text.
WIDEST, NARROW = 176, 92
MOST_LINES = 5

LANE_NAMES = (_("Overseas"), _("Headquarters"), _("Study, secondment, other"))
ABOVE, BELOW = "above", "below"


@dataclass
class ChartStation:
    """The point where a stretch of a career begins, and its label. `x` is a share of the width, `y` is in pixels.

    `dated` says whether the label has a year above it. `guessed` says that the drawing has an axis of years, but the
    start of this stretch is not known, only its place in the order.
    """

    stretch: object
    lane: int
    x: float
    dated: bool
    guessed: bool
    side: str | None = None  # ABOVE or BELOW the line; None where the label has no room
    lines: list[str] = field(default_factory=list)
    y: int = 0

    @property
    def left(self):
        return f"{100 * self.x:.2f}%"

    @property
    def above_words(self):
        """The baseline of the year, in pixels below the lane (negative: above it); the label's lines follow."""
        if self.side == BELOW:
            return 28 if self.dated else 10
        return -LINE * len(self.lines) - 14

    @property
    def words(self):
        """The lines of the label: [(baseline in pixels below the lane, text), …]."""
        return [(self.above_words + LINE * (number + 1), line) for number, line in enumerate(self.lines)]


@dataclass
class CareerLine:
    """The chart of one career. `cable` is the data of an SVG path.

    `lanes` are (name, y in pixels) pairs, `years` (number of the year, x in per cent) pairs.
    """

    path: object
    stations: list[ChartStation]
    lanes: list[tuple[str, int]]
    years: list[tuple[int, str]]
    height: int
    cable: str


def career_lines(paths, words=True):
    """Return a CareerLine for each path that has stretches. The paths with years share one axis."""
    paths = [path for path in paths if path.stretches]
    horizon = max((path.years for path in paths if dated(path)), default=1) or 1
    return [career_line(path, horizon, words) for path in paths]


def career_line(path, horizon, words=True):
    places, on_axis = positions(path, horizon), dated(path)
    stations = [
        ChartStation(
            stretch,
            stretch.lane,
            x,
            dated=bool(stretch.year or (on_axis and stretch.start is not None)),
            guessed=on_axis and stretch.start is None,
        )
        for stretch, x in zip(path.stretches, places, strict=True)
    ]
    if words:
        place_words(stations)
    lanes, height = lane_positions(stations, words)
    for station in stations:
        station.y = lanes[station.lane]
    step = 1 if horizon <= 16 else 5
    years = [(year + 1, f"{100 * share(year, horizon):.2f}%") for year in range(0, horizon + 1, step)]
    named = [(LANE_NAMES[lane] if words else "", y) for lane, y in lanes.items()]
    return CareerLine(path, stations, named, years if on_axis else [], height, line_path(stations, lanes[HOME]))


def dated(path):
    """Return whether at least two stretches have a year. The drawing of another path shows only their order."""
    return sum(stretch.start is not None for stretch in path.stretches) > 1


def share(year, horizon):
    return year / horizon * (1 - TAIL)


def positions(path, horizon):
    """Return the x of each stretch, as a share of the width.

    Stretches without a year are spaced evenly between the nearest stretches that have one. On a path that is not
    dated() all stretches are spaced evenly.
    """
    starts = [stretch.start for stretch in path.stretches] if dated(path) else [0] + [None] * (len(path.stretches) - 1)
    fixed = {number: share(start, horizon) for number, start in enumerate(starts) if start is not None}
    fixed.setdefault(0, 0)
    fixed[len(starts)] = max(1, max(fixed.values()))
    places = []
    for left, right in pairwise(sorted(fixed)):
        step = (fixed[right] - fixed[left]) / (right - left)
        places += [fixed[left] + step * number for number in range(right - left)]
    return places


def width_of(text):
    """Return the estimated width of a text in pixels: a Latin letter is about half as wide as a Japanese one."""
    return sum(LETTER if ord(letter) > 0x2E7F else LETTER * 0.54 for letter in text)


def place_words(stations):
    """Set the side and the lines of each station's label, so that no label covers another.

    A label stands on the side of the line that faces away from headquarters, or on the other side where that one has
    no room.
    """
    # The x where the last label on each side of a lane ends, in pixels. The lane's name stands above its beginning.
    ends = {(lane, ABOVE): width_of(str(name)) + 12 for lane, name in enumerate(LANE_NAMES)}
    for number, station in enumerate(stations):
        following = stations[number + 1] if number + 1 < len(stations) else None
        x = station.x * NARROWEST
        usual = ABOVE if station.lane == OVERSEAS else BELOW
        for side in (usual, ABOVE if usual == BELOW else BELOW):
            room = room_for(station, side, stations[number + 1 :], following)
            if x >= ends.get((station.lane, side), -1) and room >= NARROW:
                width = min(room, WIDEST)
                lines = wrap(translated_text(station.stretch.piece, "title").text, width, width_of)
                if len(lines) > MOST_LINES:
                    lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1].rstrip()}…"]
                station.side, station.lines = side, lines
                ends[station.lane, side] = x + max(map(width_of, lines)) + 12
                break


def room_for(station, side, later, following):
    """Return the largest width of a station's label on a side of the line, in pixels."""
    x = station.x * NARROWEST
    room = NARROWEST + 12 - x
    beside = [other for other in later if other.lane == station.lane]
    if beside and (gap := beside[0].x * NARROWEST - x - 12) >= NARROW:
        room = min(room, gap)
    if following and (following.lane > station.lane) == (side == BELOW) and following.lane != station.lane:
        room = min(room, following.x * NARROWEST - x - SWING)
    return room


def lane_positions(stations, words):
    """Return ({lane: y in pixels}, height of the drawing in pixels)."""

    def need(lane, side):
        lines = [len(station.lines) for station in stations if (station.lane, station.side) == (lane, side)]
        return max(lines) * LINE + 36 if lines else 16

    used = sorted({HOME, *(station.lane for station in stations)})
    y, before, lanes = 0, None, {}
    for lane in used:
        gap = max(need(lane, ABOVE), 28 if words else 16)
        if before is not None:
            gap = max(gap + need(before, BELOW), 72 if words else 34)
        y += gap
        lanes[lane], before = y, lane
    return lanes, y + need(before, BELOW) + 6


def line_path(stations, home):
    """Return the data of the line's SVG path, 1000 units wide: from the page's cable through all stations."""
    swing = 1000 * SWING / NARROWEST
    here = home
    path = f"M-79 {here}"
    for station in stations:
        x, y = 1000 * station.x, station.y
        if y == here:
            path += f"H{x:.0f}"
        else:
            path += f"H{x - swing:.0f}C{x - swing * 0.1:.0f} {here} {x - swing * 0.9:.0f} {y} {x:.0f} {y}"
        here = y
    return path + "H1000"

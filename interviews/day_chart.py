"""Working days on one clock."""

from dataclasses import dataclass
from datetime import time

from interviews.models.day import Day, DayEntry, since_midnight
from recruit_site.content.translated_fields import localised
from recruit_site.text.line_breaking import wrap


def day_table(days):
    """Return [(hour, [(day, its entries that start in this hour), …]), …] over the hours of these days."""
    starts = [entry.starts_at.hour for day in days for entry in day.entries.all() if entry.starts_at]
    if not starts:
        return []
    return [(time(hour), [(day, in_hour(day, hour)) for day in days]) for hour in range(min(starts), max(starts) + 1)]


def in_hour(day, hour):
    return [entry for entry in day.entries.all() if entry.starts_at and entry.starts_at.hour == hour]


#: Across, the axis has 24 hours in the width of the page; down, as many pixels an hour.
HOUR = 20
#: Pixels: across, one day below the other; down, the names over the columns.
ROW_HEIGHT, FIRST_ROW = 86, 60
NAMES = 64
#: Down, the hours stand in the first per cent of the width; the narrowest drawing is as many pixels wide.
HOURS_WIDTH, NARROWEST = 14, 250


@dataclass(frozen=True)
class Extent:
    """A stretch of the clock in minutes after midnight; `length` is None where only the start is known."""

    start: int
    length: int | None = None

    @property
    def x(self):
        return f"{self.start / 14.4:.3f}%"

    @property
    def width(self):
        return None if self.length is None else f"{self.length / 14.4:.3f}%"

    @property
    def end(self):
        return Extent(self.start + (self.length or 0))

    @property
    def y(self):
        return round(NAMES + self.start * HOUR / 60)

    @property
    def height(self):
        return None if self.length is None else round(self.length * HOUR / 60)


@dataclass(frozen=True)
class HourMark:
    """An entry on the drawn clock."""

    entry: DayEntry
    at: Extent


@dataclass
class DayRow:
    """A day on the drawn clock: its marks, and when the person leaves, from a usual to a busy day.

    Where only starts are known, an open `frame` reaches from arriving to leaving. Across, `top` is its place
    in pixels; down, `left`, `middle` and `width` are those of its column in per cent, `name` its title in lines.
    """

    day: Day
    marks: list[HourMark]
    frame: Extent | None
    leaving: Extent | None
    top: int
    left: str
    middle: str
    width: str
    name: list[tuple[int, str]]


@dataclass
class Drawing:
    """Days on one axis of 24 hours."""

    rows: list[DayRow]

    hours = tuple((hour, Extent(hour * 60)) for hour in range(0, 25, 3))

    @property
    def height(self):
        """Of the drawing across, in pixels."""
        return FIRST_ROW + len(self.rows) * ROW_HEIGHT

    @property
    def depth(self):
        """Of the drawing down, in pixels."""
        return self.hours[-1][1].y + 8


def day_chart(days):
    """Return the Drawing of some days."""
    step = (100 - HOURS_WIDTH) / max(len(days), 1)
    return Drawing([row(day, number, step) for number, day in enumerate(days)])


def row(day, number, step):
    left, width = HOURS_WIDTH + number * step, min(step - 3, 40)
    name = wrap(localised(day, "title").text, (step - 2) * NARROWEST / 100, width_of)[:4]
    return DayRow(
        day,
        [
            HourMark(entry, Extent(since_midnight(entry.starts_at), entry.minutes))
            for entry in day.entries.all()
            if entry.starts_at
        ],
        frame_of(day),
        leaving(day),
        FIRST_ROW + number * ROW_HEIGHT,
        f"{left:.2f}%",
        f"{left + width / 2:.2f}%",
        f"{width:.2f}%",
        [(12 + 15 * line, words) for line, words in enumerate(name)],
    )


def frame_of(day):
    if day.present_minutes is None or any(entry.minutes for entry in day.entries.all()):
        return None
    return Extent(since_midnight(day.arrives_at), day.present_minutes)


def leaving(day):
    if day.leaves_usually is None or day.leaves_when_busy is None:
        return None
    usual, busy = since_midnight(day.leaves_usually), since_midnight(day.leaves_when_busy)
    return Extent(min(usual, busy), abs(busy - usual))


def width_of(text):
    """Return the width of a text of 12 pixels; Latin letters are about half as wide."""
    return sum(12 if ord(letter) > 0x2E7F else 6.5 for letter in text)

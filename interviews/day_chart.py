"""Working days side by side: as a table of hours, and as a drawing on one axis of 24 hours.

The drawing has two forms. On a wide page the axis runs across and each day is a row; on a narrow page the axis runs
down and each day is a column.
"""

from dataclasses import dataclass
from datetime import time

from interviews.models.day import Day, DayEntry, since_midnight
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.line_breaking import wrap


def day_table(days):
    """Return the rows of the table: [(hour, [(day, its entries that start in this hour), …]), …].

    The rows reach from the first to the last hour in which an entry of these days starts. Each hour is a
    datetime.time.
    """
    starts = [entry.starts_at.hour for day in days for entry in day.entries.all() if entry.starts_at]
    if not starts:
        return []
    return [(time(hour), [(day, in_hour(day, hour)) for day in days]) for hour in range(min(starts), max(starts) + 1)]


def in_hour(day, hour):
    return [entry for entry in day.entries.all() if entry.starts_at and entry.starts_at.hour == hour]


#: Narrow form: the height of an hour, in pixels. In the wide form 24 hours fill the width of the page.
HOUR = 20
#: Wide form: the height of a day's row and the y of the first row, in pixels.
ROW_HEIGHT, FIRST_ROW = 86, 60
#: Narrow form: the height of the names above the columns, in pixels.
NAMES = 64
#: Narrow form: the width of the column of hours, in per cent, and the smallest width of the drawing, in pixels.
HOURS_WIDTH, NARROWEST = 14, 250


@dataclass(frozen=True)
class Extent:
    """A stretch of the day, in minutes after midnight. `length` is None where only the start is known.

    `x` and `width` place it in the wide form, in per cent; `y` and `height` in the narrow form, in pixels.
    """

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
    """An entry of a day in the drawing, with its time."""

    entry: DayEntry
    at: Extent


@dataclass
class DayRow:
    """A day in the drawing.

    `leaving` reaches from the time at which the person leaves on a usual day to that on a busy day. `frame` reaches
    from arrival to departure on a day whose entries have no ends. `top` is the y of the row in the wide form, in
    pixels. `left`, `middle` and `width` place the column in the narrow form, in per cent; `name` is its title,
    as (y in pixels, line) pairs.
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
    """The drawing of some days on one axis of 24 hours."""

    rows: list[DayRow]

    hours = tuple((hour, Extent(hour * 60)) for hour in range(0, 25, 3))

    @property
    def height(self):
        """The height of the wide form, in pixels."""
        return FIRST_ROW + len(self.rows) * ROW_HEIGHT

    @property
    def depth(self):
        """The height of the narrow form, in pixels."""
        return self.hours[-1][1].y + 8


def day_chart(days):
    """Return the Drawing of some days."""
    step = (100 - HOURS_WIDTH) / max(len(days), 1)
    return Drawing([row(day, number, step) for number, day in enumerate(days)])


def row(day, number, step):
    left, width = HOURS_WIDTH + number * step, min(step - 3, 40)
    name = wrap(translated_text(day, "title").text, (step - 2) * NARROWEST / 100, width_of)[:4]
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
    """Return the estimated width, in pixels, of a text set in 12 pixels; Latin letters are about half as wide."""
    return sum(12 if ord(letter) > 0x2E7F else 6.5 for letter in text)

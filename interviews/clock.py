"""Working days on one clock."""

from dataclasses import dataclass
from datetime import time

from interviews.models.day import Day, DayEntry, since_midnight


def clock(days):
    """Return [(hour, [(day, its entries that start in this hour), …]), …] over the hours of these days."""
    starts = [entry.starts_at.hour for day in days for entry in day.entries.all() if entry.starts_at]
    if not starts:
        return []
    return [(time(hour), [(day, in_hour(day, hour)) for day in days]) for hour in range(min(starts), max(starts) + 1)]


def in_hour(day, hour):
    return [entry for entry in day.entries.all() if entry.starts_at and entry.starts_at.hour == hour]


@dataclass
class Mark:
    """An entry on the drawn clock, in per cent of 24 hours. Without a width only its start is known."""

    entry: DayEntry
    x: str
    width: str | None


@dataclass
class Row:
    """A day on the drawn clock: its place in pixels from the top, its marks, and when the person leaves.

    Where only starts are known, an open frame (place, width) reaches from arriving to leaving.
    """

    day: Day
    top: int
    marks: list[Mark]
    frame: tuple[str, str] | None
    usual: str | None
    busy: str | None


@dataclass
class Drawing:
    """Days one below the other on an axis of 24 hours: (hour, place) pairs, rows, height in pixels."""

    hours: list[tuple[int, str]]
    rows: list[Row]
    height: int


ROW_HEIGHT, FIRST_ROW = 86, 60


def drawn(days):
    """Return the Drawing of some days."""
    rows = [
        Row(
            day,
            FIRST_ROW + number * ROW_HEIGHT,
            [mark_of(entry) for entry in day.entries.all() if entry.starts_at],
            frame_of(day),
            percent(day.leaves_usually),
            percent(day.leaves_when_busy),
        )
        for number, day in enumerate(days)
    ]
    hours = [(hour, share(hour * 60)) for hour in range(0, 25, 3)]
    return Drawing(hours, rows, FIRST_ROW + len(rows) * ROW_HEIGHT)


def mark_of(entry):
    return Mark(entry, percent(entry.starts_at), share(entry.minutes) if entry.minutes else None)


def frame_of(day):
    if day.present_minutes is None or any(entry.minutes for entry in day.entries.all()):
        return None
    return percent(day.arrives_at), share(day.present_minutes)


def percent(moment):
    """Return where a time of day lies on the axis (6:00 → 25.000%), None of None."""
    return None if moment is None else share(since_midnight(moment))


def share(minutes):
    return f"{minutes / 14.4:.3f}%"

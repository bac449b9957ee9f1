"""Working days in their local times: a row for each day on a wide page, a column for each on a narrow one."""

from dataclasses import dataclass

from interviews.day_columns import columns
from interviews.day_drawing import Drawing
from interviews.day_rows import rows
from interviews.day_times import since_midnight
from interviews.models import Day


@dataclass(frozen=True)
class DayChart:
    """The chart of the days with at least one time. The tall form has several drawings if the days are many."""

    rows: list[Day]
    wide: Drawing | None = None
    tall: tuple[Drawing, ...] = ()


def day_chart(days):
    days = [day for day in days if day.arrival]
    if not days:
        return DayChart([])
    first, last = hours_between(days)
    return DayChart(days, rows(days, first, last), columns(days, first, last))


def hours_between(days):
    """Return the whole hours before the first time and after the last time of some days."""
    entries = [entry for day in days for entry in day.entries.all()]
    moments = [moment for entry in entries for moment in (entry.starts_at, entry.ends_at)]
    moments += [moment for day in days for moment in (day.leaves_usually, day.leaves_when_busy)]
    minutes = [since_midnight(moment) for moment in moments if moment]
    first = min(minutes) // 60
    return first, max(-(-max(minutes) // 60), first + 1)

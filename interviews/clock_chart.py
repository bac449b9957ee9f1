"""Two working days in different time zones on one clock, that of the first.

The documents give local times only. The site computes the difference from the time zones of the two places, for a day
in January and a day in July; the chart is drawn with the one without summer time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from django.utils import timezone
from django.utils.translation import gettext as _

from interviews.clock_across import across
from interviews.clock_down import down
from interviews.clock_small import small
from interviews.clock_table import table_rows
from interviews.day_times import DAY, about, clock, clock_and_day, since_midnight
from interviews.models import Day
from recruit_site.content.translated_fields import translated_text


@dataclass(frozen=True)
class ClockDay:
    """A day on the clock: `shift` are the minutes that lead from its local time to the clock's, `summer` in summer."""

    day: Day
    shift: int = 0
    summer: int = 0

    @property
    def city(self):
        return translated_text(self.day.place, "city").text or translated_text(self.day.place, "title").text

    @property
    def start(self):
        return since_midnight(self.day.arrival.starts_at) + self.shift

    @property
    def end(self):
        return since_midnight(self.day.end_of_work) + self.shift

    @property
    def leaves(self):
        """The usual leaving time, on average, else the end of work, on the clock."""
        return since_midnight(self.day.leaves_usually) + self.shift if self.day.leaves_usually else self.end

    def is_busy_in(self, gaps):
        """Return whether the average leaving time in busy periods lies in one of the (start, end) pairs."""
        busy = self.day.leaves_when_busy and since_midnight(self.day.leaves_when_busy) + self.shift
        return bool(busy) and any(start < busy < end for start, end in gaps)


@dataclass
class ClockChart:
    """The first day, at `home`, and the day `away`; `hours` and `summer_hours` are how far home's clock is ahead."""

    home: ClockDay
    away: ClockDay
    hours: str
    summer_hours: str

    @property
    def first(self):
        """The minute after midnight at which the chart begins: a whole hour."""
        return self.home.start // 60 * 60

    @property
    def away_clock(self):
        """The name of the other clock, as it is drawn."""
        name = _("%(city)s time") % {"city": self.away.city}
        return name if self.hours == self.summer_hours else _("%(clock)s (winter)") % {"clock": name}

    @property
    def gaps(self):
        return gaps(self.home, self.away, self.away.shift)

    @property
    def busy_in_gaps(self):
        """The ClockDays whose average leaving time in busy periods lies between the two days."""
        return [who for who in (self.home, self.away) if who.is_busy_in(self.gaps)]

    @property
    def rows(self):
        """The rows of the table in words."""
        return table_rows(self, gaps(self.home, self.away, self.away.summer))

    def to_away(self, minutes, entry=None):
        """Return a time of the clock in the away city's time, that in summer in brackets."""
        return self.in_both_seasons(minutes - self.away.shift, minutes - self.away.summer, entry)

    def to_home(self, minutes, entry=None):
        """Return a local time of the away city on the clock, that in summer in brackets."""
        return self.in_both_seasons(minutes + self.away.shift, minutes + self.away.summer, entry)

    def in_both_seasons(self, winter, summer, entry=None):
        time = about(clock_and_day(winter), entry)
        if winter == summer:
            return time
        return _("%(time)s (summer %(summer)s)") % {"time": time, "summer": about(clock(summer), entry)}

    @property
    def wide(self):
        return across(self)

    @property
    def tall(self):
        return down(self)

    @property
    def small(self):
        return small(self)


def clock_chart(days):
    """Return the ClockChart of the first day with known ends and the first in another time zone, or None."""
    days = [day for day in days if day.place and day.place.zone and day.end_of_work]
    for day in days[1:]:
        ahead, in_summer = minutes_ahead(days[0].place.zone, day.place.zone, timezone.now().year)
        if ahead % DAY:
            return place_on_clock(days[0], day, ahead, in_summer)
    return None


def place_on_clock(home, away, ahead, in_summer):
    first = since_midnight(home.arrival.starts_at) // 60 * 60
    later = -((since_midnight(away.arrival.starts_at) + ahead - first) // DAY) * DAY
    hours = (f"{minutes / 60:g}" for minutes in (ahead, in_summer))
    return ClockChart(ClockDay(home), ClockDay(away, ahead + later, in_summer + later), *hours)


def minutes_ahead(home, away, year):
    """Return how many minutes the clock of a time zone is ahead of another's: in standard time, in summer time."""
    noons = sorted((datetime(year, month, 15, 12, tzinfo=away) for month in (1, 7)), key=lambda noon: bool(noon.dst()))
    return [(noon.replace(tzinfo=home).utcoffset() - noon.utcoffset()) // timedelta(minutes=1) for noon in noons]


def gaps(home, away, shift):
    """Return the (start, end) pairs, on the clock, between home's start and the next, that lie between the two days."""
    start, end = away.start - away.shift + shift, away.end - away.shift + shift
    busy = sorted([(home.start, home.end), (start, end), (home.start + DAY, home.start + DAY)])
    ends = accumulate((end for _start, end in busy), max)
    return [(end, start) for end, (start, _end) in zip(ends, busy[1:], strict=False) if start > end]

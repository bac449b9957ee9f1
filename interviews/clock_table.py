"""Two days on one clock in words: what happens when, in the times of both cities."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from interviews.day_times import about, clock, hours_of, leaving_times, since_midnight
from recruit_site.content.translated_fields import translated_text


@dataclass(frozen=True)
class ClockRow:
    """What happens at a time, in the times of both cities; `where` is "" for what concerns both."""

    where: str
    what: str
    home_time: str
    away_time: str


def table_rows(chart, summer_gaps):
    """Return the ClockRows of a ClockChart: the day at home, the first gap, the day away, the other gaps."""
    home = [
        ClockRow(chart.home.city, what, words, chart.to_away(minutes, entry))
        for what, words, minutes, entry in moments(chart.home.day)
    ]
    away = [
        ClockRow(chart.away.city, what, chart.to_home(minutes, entry), words)
        for what, words, minutes, entry in moments(chart.away.day)
    ]
    between = gap_rows(chart, summer_gaps)
    return [*home, *between[:1], *away, *between[1:]]


def moments(day):
    """Return what the table tells of a day: (what, words in local time, minutes, entry with the time or None)."""
    entries = [entry for entry in (day.arrival, day.departure) if entry]
    stated = [
        (translated_text(entry, "title").text, hours_of(entry), since_midnight(entry.starts_at), entry)
        for entry in entries
    ]
    return stated + [
        (_("average leaving time, %(when)s") % {"when": name}, clock(minutes), minutes, None)
        for name, minutes in leaving_times(day)
    ]


def gap_rows(chart, summer_gaps):
    """Return the rows of the hours between the two days, none if summer time opens or closes a gap."""
    if len(chart.gaps) != len(summer_gaps):
        return []
    rows = []
    for winter, summer in zip(chart.gaps, summer_gaps, strict=True):
        away = [at - chart.away.shift for at in winter], [at - chart.away.summer for at in summer]
        arrival = (chart.away if winter[1] == chart.away.start else chart.home).day.arrival
        home_time, away_time = span(winter, summer, arrival), span(*away, arrival)
        rows.append(ClockRow("", _("in neither example"), home_time, away_time))
    return rows


def span(winter, summer, arrival):
    """Return a span of time that an arrival ends in words, that in summer in brackets where it differs."""
    time, in_summer = (f"{clock(start)}–{about(clock(end), arrival)}" for start, end in (winter, summer))
    return time if time == in_summer else _("%(time)s (summer %(summer)s)") % {"time": time, "summer": in_summer}

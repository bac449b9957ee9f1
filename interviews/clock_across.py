"""The wide form of the chart of two days on one clock: the hours run across.

The day at home stands on the axis, the day away hangs from it.
"""

from django.utils.translation import gettext as _

from interviews.day_drawing import LINE, PADDING, DayText, Drawing
from interviews.day_rows import WIDTHS, draw_leaving
from interviews.day_times import (
    DAY,
    clock,
    clock_and_day,
    hours_of,
    leaving_times,
    short_title,
    since_midnight,
)
from interviews.models import DayEntry
from recruit_site.content.translated_fields import translated_text

#: The length of the axis, in minutes: a day, and the start of the next.
LENGTH = 25 * 60
#: The height of a bar, and the y of the axis (clock-chart.css has it too), in rem.
BAR, AXIS = 7, 17.25
#: The y at which the lines of the hours end.
BOTTOM = AXIS + BAR + 9.5


def across(chart):
    """Return the wide Drawing of a ClockChart."""
    drawing = Drawing(*WIDTHS)

    def x(minutes):
        return (minutes - chart.first) / LENGTH * 100

    bars = {who: draw_bars(drawing, who, x, AXIS - BAR if who is chart.home else AXIS, BAR) for who in both(chart)}
    drawing.rect("next", x(chart.home.start + DAY), AXIS - BAR, 100 - x(chart.home.start + DAY), BAR)
    for who in both(chart):
        label_bars(drawing, bars[who])
        draw_edges(drawing, who, bars[who], x, above=who is chart.home)
        drawing.dot("node", x(who.start), AXIS)
    drawing.dot("node", x(chart.home.start + DAY), AXIS)
    drawing.put(DayText(clock_and_day(chart.home.start + DAY), 100, AXIS - BAR - 0.5, "quiet", "end"))
    draw_other_times(drawing, chart, x)
    draw_gaps(drawing, chart, x)
    draw_hours(drawing, chart, x)
    return drawing


def both(chart):
    return chart.home, chart.away


def draw_bars(drawing, who, x, y, height):
    """Draw the stretches of a ClockDay; return (entry, Rect) pairs."""
    bars = []
    for entry in who.day.stretches:
        start, end = (x(since_midnight(moment) + who.shift) for moment in (entry.starts_at, entry.ends_at))
        bars.append((entry, drawing.rect(entry.kind, start, y, end - start, height)))
    return bars


def label_bars(drawing, bars):
    for entry, bar in bars:
        kind, summary = f"on-{entry.kind}", translated_text(entry, "summary").text
        drawing.put(
            DayText("", bar.x, bar.y + 1.375, kind, dx=PADDING, bold=translated_text(entry, "title").text), inside=bar
        )
        drawing.put(DayText(hours_of(entry), bar.x, bar.y + 1.375 + LINE, kind, dx=PADDING), inside=bar)
        drawing.put_lines(DayText(summary, bar.x, bar.y + 1.5 + 2 * LINE, kind, dx=PADDING), bar.width, 3, inside=bar)


def draw_edges(drawing, who, bars, x, *, above):
    """Write the name of a day, its hours after work and its average leaving times, away from the axis."""
    title = translated_text(who.day, "title").text
    edge, sign = (AXIS - BAR, -1) if above else (AXIS + BAR + 0.625, 1)
    near, leaving, city = edge + sign * 0.5, edge + sign * 2.125, edge + (-5.5 if above else 5.75)
    for entry, bar in bars:
        if entry.kind == DayEntry.Kind.AFTER_HOURS:
            text = DayText(hours_of(entry), bar.x, near, "plain", bold=translated_text(entry, "title").text)
            drawing.put(text, DayText(text.words, bar.x + bar.width, near, "plain", "end", bold=text.bold))
    drawing.put(DayText(who.city, x(who.start), city, "city"))
    drawing.put(*(DayText(words, x(who.start), city + 1.5) for words in (title, short_title(who.day))))
    draw_leaving(drawing, leaving_times(who.day), leaving, lambda minutes: x(minutes + who.shift))


def draw_other_times(drawing, chart, x):
    """Write when each day begins and ends in the time of the other city, on the other side of the axis."""
    away, home = chart.away, chart.home
    drawing.put(DayText(_("in %(city)s") % {"city": away.city}, x(home.start), AXIS + 1.375, "quiet"))
    drawing.put(DayText(chart.to_away(home.start, home.day.arrival), x(home.start), AXIS + 1.375 + LINE))
    drawing.put(DayText(chart.to_away(home.leaves), x(home.leaves), AXIS + 1.375 + LINE))
    drawing.put(DayText(_("in %(city)s") % {"city": home.city}, x(away.start), AXIS - 0.625 - LINE, "quiet"))
    drawing.put(DayText(chart.to_home(away.start - away.shift, away.day.arrival), x(away.start), AXIS - 0.625))
    drawing.put(DayText(chart.to_home(away.leaves - away.shift), x(away.leaves), AXIS - 0.625, anchor="end"))
    for minutes, length in ((home.leaves, 1.75), (away.leaves, -0.5)):
        drawing.line("tick", x(minutes), AXIS, x(minutes), AXIS + length)


def draw_gaps(drawing, chart, x):
    for start, end in chart.gaps:
        text = DayText(_("in neither example"), x((start + end) / 2), AXIS - BAR + 1.5, "quiet", "middle")
        drawing.put_lines(text, x(end) - x(start), 3)


def draw_hours(drawing, chart, x):
    """Write the hours of both clocks, every third, above and below the chart."""
    drawing.put(DayText(_("%(city)s time") % {"city": chart.home.city}, 0, 0.875, "quiet"))
    drawing.put(DayText(chart.away_clock, 0, BOTTOM + 2.375, "quiet"))
    for minutes in range(chart.first, chart.first + LENGTH, 180):
        anchor = "middle" if minutes > chart.first else "start"
        drawing.put(DayText(clock(minutes), x(minutes), 2.125, "quiet", anchor))
        drawing.put(DayText(clock(minutes - chart.away.shift), x(minutes), BOTTOM + 1.125, "quiet", anchor))
        drawing.line("grid", x(minutes), 2.5, x(minutes), BOTTOM)
    drawing.height = BOTTOM + 3

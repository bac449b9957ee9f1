"""The tall form of the chart of two days on one clock, as wide as the page: the hours run down.

The cable of the page swings to the middle. The day at home is on its left, the day away on its right.
"""

from django.utils.translation import gettext as _

from interviews.clock_across import LENGTH, both
from interviews.day_drawing import LINE, PADDING, DayText, Drawing
from interviews.day_times import DAY, clock, clock_and_day, hours_of, leaving_times, short_title, since_midnight
from recruit_site.content.translated_fields import translated_text

#: The widths of the page from which on the form gets more texts, in rem.
WIDTHS = (20, 24, 32)
#: The height of an hour, the y of the first one and the space below the last one, in rem.
HOUR, TOP, FOOT = 1.6875, 6.5, 4.125
#: The width of a bar, the left edge of the bars at home and the cable, in per cent.
BAR, LEFT, MIDDLE = 35, 15, 50


def down(chart):
    """Return the tall Drawing of a ClockChart."""
    drawing = Drawing(*WIDTHS)

    def y(minutes):
        return TOP + (minutes - chart.first) / 60 * HOUR

    drawing.height = y(chart.first + LENGTH) + FOOT
    for who in both(chart):
        draw_day(drawing, who, y, left=who is chart.home)
    tomorrow = chart.home.start + DAY
    drawing.rect("next", LEFT, y(tomorrow), BAR, y(chart.first + LENGTH) - y(tomorrow))
    drawing.dot("node", MIDDLE, y(tomorrow))
    drawing.put(DayText(clock_and_day(tomorrow), LEFT, y(chart.first + LENGTH) + 1.125, "quiet"))
    for start, end in chart.gaps:
        text = DayText(_("in neither example"), MIDDLE + 3, y(start) + 1.5, "quiet")
        if y(end) - y(start) > 2 * LINE:
            drawing.put_lines(text, BAR, 2)
    draw_hours(drawing, chart, y)
    return drawing


def draw_day(drawing, who, y, *, left):
    edge, anchor = (LEFT, "start") if left else (MIDDLE + BAR, "end")
    bars = []
    for entry in who.day.stretches:
        start, end = (y(since_midnight(moment) + who.shift) for moment in (entry.starts_at, entry.ends_at))
        bars.append((entry, drawing.rect(entry.kind, LEFT if left else MIDDLE, start, BAR, end - start)))
    for entry, bar in bars:
        label_bar(drawing, entry, bar)
    drawing.put(DayText(who.city, edge, y(who.start) - 1.75, "city", anchor))
    drawing.put(DayText(short_title(who.day), edge, y(who.start) - 0.5, anchor=anchor))
    drawing.dot("node", MIDDLE, y(who.start))
    draw_leaving(drawing, who, y, y(who.end) + 1.25, left=left)


def label_bar(drawing, entry, bar):
    """Write the title and the hours of an entry into its bar, then its summary on the lines that are left."""
    title, kind = translated_text(entry, "title").text, f"on-{entry.kind}"

    def line(y, words, bold=""):
        return DayText(words, bar.x, y, kind, dx=PADDING, bold=bold)

    if bar.height < 2 * LINE + 0.5:
        y = bar.y + bar.height / 2 + 0.3
        drawing.put(line(y, hours_of(entry), title), line(y, "", title), inside=bar)
        return
    drawing.put(line(bar.y + 1.125, "", title), inside=bar)
    drawing.put(line(bar.y + 1.125 + LINE, hours_of(entry)), inside=bar)
    most = int((bar.height - 1.5 - LINE) / LINE)
    summary = line(bar.y + 1.25 + 2 * LINE, translated_text(entry, "summary").text)
    drawing.put_lines(summary, BAR, most, inside=bar)


def draw_leaving(drawing, who, y, at, *, left):
    """Write the average leaving times below the day, and draw a line between them on its outer side."""
    times = leaving_times(who.day)
    if not times:
        return
    minutes = sorted(minutes + who.shift for _name, minutes in times)
    x = LEFT - 1 if left else MIDDLE + BAR + 1
    drawing.line("whisker", x, y(minutes[0]), x, y(minutes[-1]))
    edge, anchor = (LEFT, "start") if left else (MIDDLE + BAR, "end")
    for line in (_("average leaving time"), *(f"{name} {clock(minutes)}" for name, minutes in times)):
        at += LINE * drawing.put_lines(DayText(line, edge, at, anchor=anchor), BAR, 2)


def draw_hours(drawing, chart, y):
    """Write the hours of both clocks at the two sides, every third."""
    drawing.put(
        DayText(_("left: %(clock)s") % {"clock": _("%(city)s time") % {"city": chart.home.city}}, 97, 2, "quiet", "end")
    )
    drawing.put(DayText(_("right: %(clock)s") % {"clock": chart.away_clock}, 97, 2 + LINE, "quiet", "end"))
    for minutes in range(chart.first, chart.first + LENGTH, 180):
        drawing.put(DayText(clock(minutes), LEFT - 3, y(minutes) + 0.25, "quiet", "end"))
        drawing.put(DayText(clock(minutes - chart.away.shift), MIDDLE + BAR + 3, y(minutes) + 0.25, "quiet"))
        drawing.line("grid", LEFT - 2, y(minutes), MIDDLE + BAR + 2, y(minutes))

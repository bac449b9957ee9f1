"""The small form of the chart of two days on one clock, for the home page: two cities and four times."""

from interviews.clock_across import LENGTH, both, draw_bars
from interviews.day_drawing import DayText, Drawing
from interviews.day_times import about, clock, since_midnight
from interviews.models import DayEntry

#: The width of the narrowest drawing, the height of a bar and the y of the axis, in rem.
WIDTH, BAR, AXIS = 15, 2.75, 7.25


def small(chart):
    """Return the small Drawing of a ClockChart: of each day the local times of its start and of its end of work."""
    drawing = Drawing(WIDTH)

    def x(minutes):
        return (minutes - chart.first) / LENGTH * 100

    for who in both(chart):
        above = who is chart.home
        draw_bars(drawing, who, x, AXIS - BAR if above else AXIS, BAR)
        drawing.dot("node", x(who.start), AXIS)
        times, city = (AXIS - BAR - 0.625, 2) if above else (AXIS + BAR + 1.25, AXIS + BAR + 3.125)
        start, end = about(clock(who.start - who.shift), who.day.arrival), end_of_hours(who.day)
        drawing.put(DayText(clock(end), x(end + who.shift), times, anchor="end"))
        drawing.put(DayText(start, x(who.start), times), DayText(start, x(who.start), times, anchor="middle"))
        drawing.put(DayText(who.city, x(who.start), city, "city"), DayText(who.city, 100, city, "city", "end"))
    drawing.height = AXIS + BAR + 3.75
    return drawing


def end_of_hours(day):
    """Return the end of the last entry of work, after hours left out, in minutes after midnight."""
    ends = [entry.ends_at for entry in day.stretches if entry.kind == DayEntry.Kind.WORK]
    return since_midnight(max(ends, default=day.end_of_work))

"""The tall form of the chart of local times: each day is a column, the hours run down."""

from dataclasses import replace
from itertools import accumulate

from interviews.day_drawing import LINE, PADDING, DayText, Drawing, Rect, lines_of, width_of
from interviews.day_times import clock, hours_of, leaving_times, short_title, since_midnight
from recruit_site.content.translated_fields import translated_text

#: The widths of the page from which on the form gets more texts, in rem (day-chart.css). The first is that of a page
#: of 320 pixels.
WIDTHS = (16, 20, 30)
#: The height of an hour, in rem, and the width of the column of hours, in per cent.
HOUR, HOURS = 2.25, 13
#: The distance between two columns, in per cent.
GAP = 1.4
#: The most columns beside one another, and the most lines of their names.
MOST, NAME_LINES = 3, 4


def columns(days, first, last):
    """Return a tuple of Drawings of some days between two hours, each of as many days as fit beside one another."""
    for most in range(MOST, 0, -1):
        groups = [days[start : start + most] for start in range(0, len(days), most)]
        if most == 1 or all(all(names_of(group, most)) for group in groups):
            return tuple(draw_group(group, most, first, last) for group in groups)
    return ()


def places_of(days, most):
    """Return the (left edge, width) of each day's column, in per cent. Labels beside dots need more room than bars."""
    weights = [1 if day.stretches else 1.3 for day in days]
    unit = (100 - HOURS) / (sum(weights) + most - len(days))
    lefts = accumulate(weights, initial=0)
    return [
        (round(HOURS + left * unit, 3), round(weight * unit - GAP, 3))
        for left, weight in zip(lefts, weights, strict=False)
    ]


def names_of(days, most):
    """Return the lines of each day's name above its column, [] for a name that does not fit there."""
    names = [
        lines_of(short_title(day), width * WIDTHS[0] / 100)
        for day, (_left, width) in zip(days, places_of(days, most), strict=True)
    ]
    return [lines if len(lines) <= NAME_LINES else [] for lines in names]


def draw_group(days, most, first, last):
    drawing = Drawing(*WIDTHS)
    top = 1.5 + LINE * max(map(len, names_of(days, most)))

    def y(minutes):
        return top + (minutes / 60 - first) * HOUR

    for day, (left, width) in zip(days, places_of(days, most), strict=True):
        draw_day(drawing, day, Rect("column", left, 0, width, y(last * 60)), y)
    for hour in range(first + -first % 3, last + 1, 3):
        drawing.put(DayText(clock(hour * 60), 0, y(hour * 60) - 0.25, "quiet"))
        drawing.line("grid", 0, y(hour * 60), 100, y(hour * 60))
        drawing.dot("station", 0, y(hour * 60))
    drawing.height = round(max(drawing.bottom, y(last * 60)) + 0.5, 3)
    return drawing


def draw_day(drawing, day, column, y):
    drawing.put_lines(DayText(short_title(day), column.x, 0.875, "head"), column.width, NAME_LINES, inside=column)
    bars = []
    for entry in day.stretches:
        start, end = y(since_midnight(entry.starts_at)), y(since_midnight(entry.ends_at))
        bars.append((entry, drawing.rect(entry.kind, column.x, start, column.width, end - start)))
    if day.departure and not bars:
        start, end = y(since_midnight(day.arrival.starts_at)), y(since_midnight(day.departure.starts_at))
        drawing.rect("frame", column.x, start, column.width, end - start)
    for entry, bar in bars:
        label_bar(drawing, entry, bar)
    draw_moments(drawing, day.moments, column, y)
    draw_leaving(drawing, day, column, y, max((bar.bottom for _entry, bar in bars), default=column.bottom))


def label_bar(drawing, entry, bar):
    """Write the title and the hours of an entry into its bar: on two lines, on one, or as far as there is room."""
    title, kind = translated_text(entry, "title").text, f"on-{entry.kind}"
    start, end = clock(since_midnight(entry.starts_at)), f"–{clock(since_midnight(entry.ends_at))}"

    def line(y, words, bold=""):
        return DayText(words, bar.x, y, kind, dx=PADDING, bold=bold)

    if bar.height < 2 * LINE + 0.5:
        y = bar.y + min(bar.height / 2 + 0.3, 1.25)
        drawing.put(line(y, hours_of(entry), title), line(y, "", title), line(y, end), inside=bar)
        return
    drawing.put(line(bar.y + 1.125, "", title), inside=bar)
    if not drawing.put(line(bar.y + 1.125 + LINE, hours_of(entry)), inside=bar, levels=1):
        drawing.put(line(bar.y + 1.125 + LINE, start), inside=bar)
        drawing.put(line(bar.bottom - 0.375, end), inside=bar)


def draw_moments(drawing, entries, column, y):
    """Draw dots for starts without an end: first all times, then the titles that have room beside or below them."""
    for entry in entries:
        at = y(since_midnight(entry.starts_at))
        drawing.dot("start", column.x, at)
        drawing.put(DayText("", column.x, at + 0.3, "plain", dx=0.5, bold=hours_of(entry)), inside=column)
    for entry in entries:
        title, at = translated_text(entry, "title").text, y(since_midnight(entry.starts_at)) + 0.3
        beside = DayText(title, column.x, at, dx=0.625 + width_of(hours_of(entry)))
        below = replace(beside, y=at + LINE, dx=0.5)
        drawing.put(beside, inside=column, levels=1) or drawing.put_lines(below, column.width, 2, inside=column)


def draw_leaving(drawing, day, column, y, bottom):
    """Write the average leaving times below the column; the key names the line between them at its side."""
    times = leaving_times(day)
    if not times:
        return
    minutes = sorted(minutes for _name, minutes in times)
    side = column.x + column.width + GAP / 2
    drawing.line("whisker", side, y(minutes[0]), side, y(minutes[-1]))
    at = bottom + 1.25
    for name, time in times:
        words = f"{name} {clock(time)}"
        at += LINE * drawing.put_lines(DayText(words, column.x, at, "plain"), column.width, 3, inside=column)

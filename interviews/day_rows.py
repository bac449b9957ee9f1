"""The wide form of the chart of local times: each day is a row, the hours run across."""

from django.utils.translation import gettext as _

from interviews.day_drawing import LEADING, PADDING, SIZES, DayText, Drawing
from interviews.day_times import clock, hours_of, leaving_times, since_midnight
from recruit_site.content.translated_fields import translated_text

#: The widths of the page from which on the form is drawn, and gets more texts, in rem (day-chart.css).
WIDTHS = (48, 58, 68)
#: The y of the axis, and the heights of a bar and of the space below a row, in rem.
AXIS, BAR, SPACE = 1.625, 3.5, 1.75


def rows(days, first, last):
    """Return the Drawing of some days between two hours."""
    drawing = Drawing(*WIDTHS)

    def x(minutes):
        return (minutes / 60 - first) / (last - first) * 100

    draw_hours(drawing, first, last, x)
    for day in days:
        draw_day(drawing, day, drawing.bottom + SPACE, x)
    drawing.height = round(drawing.bottom + 0.5, 3)
    for hour in range(first + -first % 3, last + 1, 3):
        drawing.line("grid", x(hour * 60), AXIS, x(hour * 60), drawing.height)
    return drawing


def draw_hours(drawing, first, last, x):
    for hour in range(first + -first % 3, last + 1, 3):
        anchor = "start" if hour == first else "end" if hour == last else "middle"
        drawing.put(DayText(clock(hour * 60), x(hour * 60), 0.875, "quiet", anchor))
        drawing.dot("station", x(hour * 60), AXIS)


def draw_day(drawing, day, top, x):
    name = DayText(translated_text(day, "title").text, 0, top + 1, "name")
    lines = drawing.put_lines(name, 100, 3)
    y = top + 0.75 + lines * SIZES["name"] * LEADING + (1.5 if day.moments else 0)
    bars = []
    for entry in day.stretches:
        start, end = x(since_midnight(entry.starts_at)), x(since_midnight(entry.ends_at))
        bars.append((entry, drawing.rect(entry.kind, start, y, end - start, BAR)))
    frame_day(drawing, day, y, x)
    for entry, bar in bars:
        label_bar(drawing, entry, bar)
    for number, entry in enumerate(day.moments):
        mark(drawing, entry, x(since_midnight(entry.starts_at)), y, above=number % 2 == 0)
    draw_leaving(drawing, leaving_times(day), y + BAR + 1.5, x)


def frame_day(drawing, day, y, x):
    """Draw a frame from arriving to leaving where the document gives starting times only."""
    if day.departure and not day.stretches:
        start, end = x(since_midnight(day.arrival.starts_at)), x(since_midnight(day.departure.starts_at))
        drawing.rect("frame", start, y, end - start, BAR)


def label_bar(drawing, entry, bar):
    """Write the title and the hours of an entry into its bar, as far as there is room."""
    text = DayText("", bar.x, bar.y + 1.5, f"on-{entry.kind}", dx=PADDING, bold=translated_text(entry, "title").text)
    drawing.put(text, inside=bar)
    hours = (hours_of(entry), f"–{clock(since_midnight(entry.ends_at))}")
    drawing.put(*(DayText(words, bar.x, bar.y + 2.75, text.kind, dx=PADDING) for words in hours), inside=bar)


def mark(drawing, entry, x, y, *, above):
    """Draw a dot for a start without an end, and its label above or below, or at least its time."""
    middle = y + BAR / 2
    drawing.dot("start", x, middle)
    heights = sorted((y - 0.625, y + BAR + 1.25, y + BAR + 2.5), reverse=not above)
    title, summary = (translated_text(entry, name).text for name in ("title", "summary"))
    wordings = (_("%(title)s, %(summary)s") % {"title": title, "summary": summary}, title, "")
    drawing.put(
        *(
            DayText(words, x, height, "plain", anchor, dx, hours_of(entry), middle)
            for words in wordings[0 if summary else 1 :]
            for height in heights
            for anchor, dx in (("start", -0.25), ("end", 0.25))
        )
    )


def draw_leaving(drawing, times, y, x):
    """Draw the average leaving times as a line between them, the usual one named on the left."""
    if not times:
        return
    times = sorted(times, key=lambda time: time[1])
    drawing.line("whisker", x(times[0][1]), y, x(times[-1][1]), y)
    (name, minutes), *later = times
    words = _("average leaving time, %(when)s %(time)s") % {"when": name, "time": clock(minutes)}
    drawing.put(*(DayText(words, x(minutes), y + step, "plain", "end", -0.5) for step in (0.25, 1.5, 2.75)))
    for name, minutes in later:
        words, at = f"{name} {clock(minutes)}", x(minutes)
        beside = DayText(words, at, y + 0.25, "plain", "start", 0.5)
        drawing.put(beside, *(DayText(words, at, y + step, "plain", "end", 0.25) for step in (1.5, 2.75)))

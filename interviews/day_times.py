"""Times of working days as minutes after midnight, and as words."""

from django.utils.translation import gettext as _

from recruit_site.content.translated_fields import translated_text

DAY = 24 * 60


def since_midnight(moment):
    """Return the minutes from midnight to a time of day."""
    return moment.hour * 60 + moment.minute


def clock(minutes):
    """Return minutes after midnight as a time of day: 570 → 9:30, also where the midnight is that of another day."""
    return f"{minutes % DAY // 60}:{minutes % 60:02}"


def clock_and_day(minutes):
    """Return minutes after midnight as a time with its day: -270 → 前日19:30, 1935 → 翌8:15."""
    time = clock(minutes)
    if minutes < 0:
        return _("%(time)s the day before") % {"time": time}
    return _("%(time)s the next day") % {"time": time} if minutes >= DAY else time


def about(words, entry):
    """Return the words of a time, as approximate ones where the times of the entry are."""
    return _("about %(time)s") % {"time": words} if entry and entry.is_approximate else words


def hours_of(entry):
    """Return the hours of an entry: 9:30–12:30, or its start alone."""
    start = about(clock(since_midnight(entry.starts_at)), entry)
    return f"{start}–{clock(since_midnight(entry.ends_at))}" if entry.ends_at else start


def leaving_times(day):
    """Return the average leaving times of a day that are known, as (name, minutes) pairs."""
    times = ((_("usually"), day.leaves_usually), (_("when busy"), day.leaves_when_busy))
    return [(name, since_midnight(moment)) for name, moment in times if moment]


def short_title(day):
    return translated_text(day, "short_title").text or translated_text(day, "title").text

"""The dates of a step of recruiting in words."""

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _


def dates_in_words(step):
    """Return the days of a step in the active language, "" without any: one day, a period, or a deadline."""
    if step.first_day is None:
        return ""
    first, last = (format_date(day, _("l j F Y")) for day in (step.first_day, step.last_day))
    if step.starts_on is None:
        return _("until %(last)s") % {"last": last}
    return first if first == last else _("%(first)s – %(last)s") % {"first": first, "last": last}

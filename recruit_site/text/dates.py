"""Years of the Japanese eras, and the start of a day in Japan."""

from datetime import datetime, time

from django.utils import timezone

#: The eras and their first fiscal years, newest first. Fiscal 2019 is 令和元年度 by the Cabinet Office's
#: notice of April 2019, although it began in 平成31年; the same holds for 1989 and 平成元年度.
ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926), ("大正", 1912), ("明治", 1868))


def era_year(year):
    """Return the era and its year for a fiscal year (2022 → 令和4, 2019 → 令和元), or "" before 明治."""
    for era, first in ERAS:
        if year >= first:
            return f"{era}{year - first + 1 if year > first else '元'}"
    return ""


def midnight(day):
    """Return the start of a date in Japan as an aware datetime."""
    return timezone.make_aware(datetime.combine(day, time.min))

"""Searches that found nothing: the words and how often, without time, address or reader."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from recruit_site.search.models import MissedSearch

#: How long a search is remembered after it last found nothing. The site policy says so, too.
KEPT = timedelta(days=180)
#: No more than so many are kept: a machine that searches at random fills no database.
MOST = 2000


def count(language, text):
    """Count a search that found nothing.

    A page is never kept from a reader because that could not be written, nor for as long as others write.
    """
    today = timezone.localdate()
    known = MissedSearch.objects.filter(language=language, text=text[:200])
    try:
        with transaction_without_waiting():
            if known.update(count=F("count") + 1, last_on=today):
                return
            forget_old()
            if MissedSearch.objects.count() < MOST:
                MissedSearch.objects.create(language=language, text=text[:200], last_on=today)
    except DatabaseError:
        return


@contextmanager
def transaction_without_waiting():
    """A transaction that fails at once where another one writes on SQLite, which has one writer at a time.

    A long import would else hold up a reader for as long as SQLITE_OPTIONS lets writers wait, and Django can set that
    time for a whole connection alone. PostgreSQL locks the one row, for no longer than another count takes.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        waiting = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {waiting}")


def forget_old():
    MissedSearch.objects.filter(last_on__lt=timezone.localdate() - KEPT).delete()

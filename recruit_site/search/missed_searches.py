"""Searches that found nothing: words, count and last day. Time of day, address and reader are not stored."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from recruit_site.search.models import MissedSearch

#: How long a search is stored after it last found nothing. The site policy states this period.
RETENTION = timedelta(days=180)
#: The maximum number of rows, so that a machine that searches at random cannot fill the database.
MAX_ROWS = 2000


def count_missed(language, text):
    """Count a search that found nothing.

    A database error is ignored and a lock on SQLite is not waited for, so that the reader gets the page in any case.
    """
    today = timezone.localdate()
    rows = MissedSearch.objects.filter(language=language, text=text[:200])
    try:
        with transaction_without_waiting():
            if rows.update(count=F("count") + 1, last_on=today):
                return
            forget_old()
            if MissedSearch.objects.count() < MAX_ROWS:
                MissedSearch.objects.create(language=language, text=text[:200], last_on=today)
    except DatabaseError:
        return


@contextmanager
def transaction_without_waiting():
    """Open a transaction that fails at once if another one is writing on SQLite, which has one writer at a time.

    Otherwise a long import would hold up a reader for the whole timeout in SQLITE_OPTIONS, which Django sets only for a
    whole connection. PostgreSQL locks only the one row, for no longer than another count takes.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        timeout = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {timeout}")


def forget_old():
    MissedSearch.objects.filter(last_on__lt=timezone.localdate() - RETENTION).delete()

"""Whether readers may see something else than a moment ago: a change of content, or a time that has come.

Every write of content leaves a Change in its own transaction, so that a version is seen exactly with the content that
it belongs to. The Change names the table, so that what was made of others stands.
"""

from datetime import datetime, timedelta
from functools import cache
from threading import Lock
from typing import NamedTuple

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from recruit_site.dates import midnight
from recruit_site.delivery import statements
from recruit_site.unseen import Seen

#: How long a Change is kept. The last of them and their number are what is compared.
KEPT = timedelta(days=1)
#: After so many of them those are deleted that are older.
EVERY = 1000


def random_token():
    return get_random_string(12)


class Change(models.Model):
    """A write of content, into the table `written`.

    Rows are only added: two writers at once never wait for each other here. The number of rows tells of a
    transaction that ended after a later one; the random token, of one that was rolled back and its number used again.
    """

    token = models.CharField(max_length=12, default=random_token)
    written = models.CharField(max_length=63, db_default="")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        app_label = "recruit_site"

    def __str__(self):
        return self.token


class Version(NamedTuple):
    """What readers may see: after which write, since when at the latest, and until when without another one.

    `era` is when the last time came that stands in any content, and `marks` tells of each table which write was its
    last.
    """

    token: str
    number: int
    since: datetime
    until: datetime
    era: datetime
    marks: dict

    def differs_in(self, other):
        """Return the tables that were written into between this Version and another one of the same era.

        All of them where a version of the site wrote, during a deployment, that does not say into which.
        """
        if other is self:
            return frozenset()
        found = {table for table, _mark in self.marks.items() ^ other.marks.items()}
        return statements.shown_tables() if "" in found else found


class Made:
    """Of what something was made: of which Queries' answers, at which Version."""

    __slots__ = ("queries", "tables", "version")

    def __init__(self, queries, version):
        self.queries, self.version = frozenset(queries), version
        self.tables = frozenset().union(*(query.tables for query in queries))

    def may_stand(self, version):
        """Whether its tables alone decide: all are watched, and no time has come since."""
        return version.era == self.version.era and self.tables <= statements.shown_tables()

    def stands(self, version):
        """Whether it would be made the same at this Version, as far as is known without asking the database."""
        if version is None or not self.may_stand(version):
            return False
        return not self.tables & self.version.differs_in(version)

    def at(self, version):
        """Return the same as Made at this Version, None where it may have to be made anew.

        The Queries are asked again whose answers may be others: a small part of making a page.
        """
        if not self.may_stand(version):
            return None
        changed = self.version.differs_in(version)
        doubtful = (query for query in self.queries if query.tables & changed)
        alike = all(query.is_answered_alike(version.since) for query in doubtful)
        return Made(self.queries, version) if alike else None


_known, _lock, _away = None, Lock(), False
#: Called with each new Version that this process sees.
listeners = []


def read():
    """Return the Version of now. DatabaseError where the database does not answer."""
    global _known, _away
    try:
        last, now = last_change(), timezone.now()
        with _lock:
            came = _known is None or not _known.since <= now < _known.until
            if came or _known[:2] != last:
                _known = Version(*last, now, next_moment(now), now if came else _known.era, last_changes())
                for tell in listeners:
                    tell(_known)
            _away = False
            return _known
    except DatabaseError:
        _away = True
        raise


def forget():
    """Begin as a new process does: nothing stands of what was made before."""
    global _known
    _known = None


def is_away():
    """Whether the database did not answer when this process last asked."""
    return _away


def last_change():
    """Return the token of the last Change and the number of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT token, (SELECT COUNT(*) FROM recruit_site_change) FROM recruit_site_change ORDER BY id DESC LIMIT 1"
        )
        return cursor.fetchone() or ("", 0)


def last_changes():
    """Return (token of the last Change, number of all) of each table that was written into."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT written, token, number FROM recruit_site_change JOIN "
            "(SELECT MAX(id) AS last, COUNT(*) AS number FROM recruit_site_change GROUP BY written) AS newest "
            "ON id = last"
        )
        return {table: tuple(mark) for table, *mark in cursor.fetchall()}


@cache
def statement_of_moments():
    """Return the statement that asks for the first moment after another one in any content, which it names so often."""
    columns = [
        (connection.ops.quote_name(field.column), connection.ops.quote_name(model._meta.db_table))
        for model in apps.get_models()
        if issubclass(model, Seen)
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and not field.auto_now
    ]
    first = [f"SELECT MIN({column}) AS at FROM {table} WHERE {column} > %s" for column, table in columns]  # noqa: S608
    return f"SELECT MIN(at) FROM ({' UNION ALL '.join(first)}) AS moments", len(columns)  # noqa: S608


def next_moment(now):
    """Return the first moment after `now` that stands in any content; midnight at the latest, when days end."""
    sql, times = statement_of_moments()
    column = Change._meta.get_field("at").get_col(Change._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(sql, [connection.ops.adapt_datetimefield_value(now)] * times)
        (found,) = cursor.fetchone()
    for convert in connection.ops.get_db_converters(column):
        found = convert(found, column, connection)
    tomorrow = midnight(timezone.localdate(now) + timedelta(days=1))
    return min(tomorrow, found) if found else tomorrow


def forget_old():
    """Delete what nobody compares any more; every page is made anew after it."""
    Change.objects.filter(at__lt=timezone.now() - KEPT).delete()


def note_change(table):
    """Leave a Change. The process that wrote sees its own version at once."""
    change = Change.objects.create(written=table)
    if change.pk % EVERY == 0:
        forget_old()
    transaction.on_commit(read, robust=True)


statements.writes.append(note_change)

"""What is asked of the database, what it answered, and what is written: so nobody who asks or writes need say it."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

#: As Django writes it for every database.
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"', re.ASCII)
WRITTEN = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"', re.ASCII)

#: (the Queries that are noted, the moment at which readers read)
_noting = ContextVar("noting", default=None)
_migrating = False
#: Called after each write of what readers may see, with the name of the table.
writes = []


class Query:
    """A statement that was asked at a moment, the tables that it reads, and a digest of the rows that came."""

    __slots__ = ("at", "digest", "params", "sql", "tables")

    def __init__(self, sql, tables, params, at):
        self.sql, self.tables, self.params, self.at = sql, tables, params, at
        self.digest = 0

    def see(self, rows):
        for row in rows:
            try:
                self.digest = hash((self.digest, tuple(row)))
            except TypeError:  # an array of PostgreSQL
                self.digest = hash((self.digest, repr(row)))

    def is_answered_alike(self, at):
        """Ask the same at another moment and return whether the same rows come."""
        then, now = map(connection.ops.adapt_datetimefield_value, (self.at, at))
        again = Query(self.sql, self.tables, [now if one == then else one for one in self.params or ()], at)
        with connection.cursor() as cursor:
            cursor.execute(again.sql, again.params)
            again.see(cursor.fetchall())
        return again.digest == self.digest


class Witness:
    """A cursor of a database that shows a Query the rows that are fetched."""

    def __init__(self, cursor, query):
        self.cursor, self.query = cursor, query

    def __getattr__(self, name):
        return getattr(self.cursor, name)

    def __iter__(self):
        for row in self.cursor:
            self.query.see([row])
            yield row

    def fetchone(self):
        row = self.cursor.fetchone()
        self.query.see([] if row is None else [row])
        return row

    def fetchmany(self, *size):
        rows = self.cursor.fetchmany(*size)
        self.query.see(rows)
        return rows

    def fetchall(self):
        rows = self.cursor.fetchall()
        self.query.see(rows)
        return rows


@contextmanager
def noting(at):
    """Note the Queries that are asked inside, there and outside, as of a moment; yields their set, which grows."""
    queries = set()
    token = _noting.set((queries, at))
    try:
        yield queries
    finally:
        _noting.reset(token)
        note(queries)


def note(queries):
    """Note Queries as asked: those that something was made of which is used once more."""
    if noted := _noting.get():
        noted[0].update(queries)


def noted():
    """Return the Queries that were noted so far."""
    return frozenset(_noting.get()[0] if _noting.get() else ())


@cache
def shown_tables():
    """Return the tables of which readers may see something, or which say what they may see."""
    found = set()
    for model in apps.get_models():
        if getattr(model, "shown_to_readers", False):
            found.add(model._meta.db_table)
            found.update(field.remote_field.through._meta.db_table for field in model._meta.local_many_to_many)
    return found


@lru_cache(maxsize=512)
def known(sql):
    """Return a statement, the same object for the same words, and the tables that it reads."""
    return sql, frozenset(READ.findall(sql))


def look(execute, sql, params, many, context):
    """Wrap the execution of a statement (Django's `execute_wrapper`)."""
    noted, cursor = _noting.get(), context["cursor"]
    if noted and sql.startswith(("SELECT", "(SELECT")):
        sql, tables = known(sql)
        if tables:
            query = Query(sql, tables, params, noted[1])
            noted[0].add(query)
            cursor.cursor = Witness(cursor.cursor, query)
    result = execute(sql, params, many, context)
    if (table := table_written(sql, cursor)) in shown_tables() and not _migrating:
        for tell in writes:
            tell(table)
    return result


def table_written(sql, cursor):
    """Return the table in which a statement changed rows, "" for none. The number is not known while rows return."""
    written = WRITTEN.match(sql)
    return written[1] if written and (cursor.rowcount or " RETURNING " in sql) else ""


def look_at(connection, **kwargs):
    if connection.alias == DEFAULT_DB_ALIAS and look not in connection.execute_wrappers:
        connection.execute_wrappers.append(look)


def begin_migrating(**kwargs):
    """While tables change, there may be none to tell of it in."""
    global _migrating
    _migrating = True


def end_migrating(**kwargs):
    global _migrating
    _migrating = False


connection_created.connect(look_at)
pre_migrate.connect(begin_migrating)
post_migrate.connect(end_migrating)

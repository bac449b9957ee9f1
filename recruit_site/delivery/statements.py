"""What each SQL statement reads and writes: so nobody who asks or writes need say it."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

#: As Django writes it for every database.
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"', re.ASCII)
WRITTEN = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"', re.ASCII)

_noted = ContextVar("tables", default=None)
_migrating = False
#: Called after each write of what readers may see, with the name of the table.
writes = []


@contextmanager
def noting():
    """Note the tables that are read inside, there and outside; yields their set, which grows."""
    tables = set()
    token = _noted.set(tables)
    try:
        yield tables
    finally:
        _noted.reset(token)
        note(tables)


def note(tables):
    """Note tables as read: those that something was made of which is used once more."""
    if (noted := _noted.get()) is not None:
        noted.update(tables)


def noted():
    """Return the tables that were read so far."""
    return frozenset(_noted.get() or ())


@cache
def shown_tables():
    """Return the tables of which readers may see something, or which say what they may see."""
    found = set()
    for model in apps.get_models():
        if getattr(model, "shown_to_readers", False):
            found.add(model._meta.db_table)
            found.update(field.remote_field.through._meta.db_table for field in model._meta.local_many_to_many)
    return found


@lru_cache(maxsize=256)
def tables_read(sql):
    return frozenset(READ.findall(sql))


def look(execute, sql, params, many, context):
    """Wrap the execution of a statement (Django's `execute_wrapper`)."""
    if _noted.get() is not None:
        note(tables_read(sql))
    result = execute(sql, params, many, context)
    if (table := table_written(sql, context["cursor"])) in shown_tables() and not _migrating:
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

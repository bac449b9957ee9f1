"""The database's own integrity checks, and whether it is up to date with the code."""

from django.db import DatabaseError, connection

from recruit_site.operations.health import pending_migrations
from recruit_site.search import index_stamp


def find_damage():
    """Yield the faults that the database's own checks report: damaged pages, and foreign keys to missing rows."""
    yield from {"sqlite": damage_of_sqlite, "postgresql": damage_of_postgresql}[connection.vendor]()


def damage_of_sqlite():
    with connection.cursor() as cursor:
        try:
            for (says,) in cursor.execute("PRAGMA integrity_check").fetchall():
                if says != "ok":
                    yield says
            for table, row, target, _number in cursor.execute("PRAGMA foreign_key_check").fetchall():
                yield f"row {row} of {table} refers to a row of {target} that is not there"
        except DatabaseError as error:
            yield f"it cannot be read: {error}"


def damage_of_postgresql():
    """Yield constraints and indexes that are not valid.

    Damaged pages are found by PostgreSQL's checksums, where the cluster has them (`pg_checksums`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        yield from (f"the rule {name} was never checked for all rows" for (name,) in cursor.fetchall())
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        yield from (f"the index {name} is not whole: REINDEX makes it anew" for (name,) in cursor.fetchall())


def find_pending_work():
    """Yield the work that `manage.py prepare` must do before other checks make sense."""
    for app, name in pending_migrations():
        yield f"{app}.{name} is not applied: run manage.py prepare"
    if "search_indexstamp" in connection.introspection.table_names() and not index_stamp.is_up_to_date():
        yield "the rules of another version of the site hold for what is kept: run manage.py prepare"

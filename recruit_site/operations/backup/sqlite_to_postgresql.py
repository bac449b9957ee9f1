"""From SQLite to PostgreSQL: the tables that a file has are made in an empty database, and filled with its rows."""

import sqlite3
from contextlib import closing

from django.core.management import call_command
from django.db import connection, transaction

#: What PostgreSQL lets be written: it fills the others itself.
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'
"""


def move(file):
    """Fill this empty PostgreSQL with the rows of an SQLite file; where one of them does not fit, with none."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as there:
        known = dict(there.execute("SELECT app, name FROM django_migrations ORDER BY app, name"))
        for app, name in known.items():  # not further than the file is, so that its columns are those of the tables
            call_command("migrate", app, name, verbosity=0)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")  # in which Django writes times to SQLite
            tables = connection.introspection.table_names(cursor)
            cursor.execute(f"TRUNCATE {', '.join(map(quoted, tables))}")  # what migrations wrote is in the file too
            for table in tables:
                copy(there, cursor, table)


def copy(there, cursor, table):
    """Copy the rows of a table as text, which PostgreSQL reads as what its columns are."""
    cursor.execute(COLUMNS, [table])
    columns = [name for (name,) in cursor.fetchall()]
    names = ", ".join(map(quoted, columns))
    with connection.wrap_database_errors, cursor.copy(f"COPY {quoted(table)} ({names}) FROM STDIN") as rows:
        for row in there.execute(f"SELECT {names} FROM {quoted(table)}"):  # noqa: S608
            rows.write_row(row)
    for sequence in connection.introspection.get_sequences(cursor, table):
        column = sequence["column"]
        last = f"SELECT setval(pg_get_serial_sequence(%s, %s), max({quoted(column)})) FROM {quoted(table)}"  # noqa: S608
        cursor.execute(last, [quoted(table), column])


def quoted(name):
    return connection.ops.quote_name(name)

"""The move from SQLite to PostgreSQL: migrations make the tables in an empty database, and all rows are copied."""

import sqlite3
from contextlib import closing

from django.core.management import call_command
from django.db import connection, transaction

#: The columns of a table that can be written; PostgreSQL computes generated columns itself.
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'
"""


def copy_sqlite_file(file):
    """Copy all rows of an SQLite file into this empty PostgreSQL database; copy none where one row does not fit."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        migrations = dict(source.execute("SELECT app, name FROM django_migrations ORDER BY app, name"))
        for app, name in migrations.items():  # only the file's own migrations, so that the columns agree
            call_command("migrate", app, name, verbosity=0)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")  # Django stores times in SQLite as UTC
            tables = connection.introspection.table_names(cursor)
            cursor.execute(f"TRUNCATE {', '.join(map(quoted, tables))}")  # the file has the rows of data migrations too
            for table in tables:
                copy(source, cursor, table)


def copy(there, cursor, table):
    """Copy the rows of a table from the SQLite connection `there`, as text that PostgreSQL casts to its columns."""
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

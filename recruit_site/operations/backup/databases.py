"""The copying of a database while others write to it, and the loading of a copy, for SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

from recruit_site.media.folder_storage import UNFINISHED, sync
from recruit_site.operations.backup.errors import BackupError
from recruit_site.operations.backup.sqlite_to_postgresql import copy_sqlite_file


class SQLite:
    file = "database.sqlite3"
    #: The vendors of databases whose copies this database can load.
    loads = ("sqlite",)

    def __init__(self):
        self.path = Path(connection.settings_dict["NAME"])

    @property
    def version(self):
        return sqlite3.sqlite_version

    @contextmanager
    def copied(self, place):
        """Copy the database to a file in one step (SQLite's online backup), and yield a cursor in the copy."""
        with closing(sqlite3.connect(self.path)) as original, closing(sqlite3.connect(place)) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # no -wal and -shm files beside the copy
            if (says := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise BackupError(f"The database is damaged ({says}). Restore the last backup: docs/operations.md.")
            yield copy.cursor()

    def occupied(self):
        """Return the reason why no backup can be restored here, as a sentence; "" where the database is empty."""
        connection.close()  # Django's system checks may have created an empty file
        aside = f"mv {self.path} {self.path}.old"
        if self.path.exists():
            with closing(sqlite3.connect(self.path)) as existing:
                if existing.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    return f"{self.path} is a database already. Stop the site and move it away: {aside}"
        beside = Path(f"{self.path}-wal")
        if beside.exists():
            return (
                f"{beside} belongs to another database, or the site still runs. Stop it, and move that file away too."
            )
        return ""

    @contextmanager
    def loaded(self, file):
        """Yield a cursor in a copy of `file`; when the block ends without an error, rename the copy to the database."""
        new = self.path.with_name(f"{UNFINISHED}{self.path.name}")
        try:
            shutil.copyfile(file, new)
            with closing(sqlite3.connect(new)) as copy:
                yield copy.cursor()
            with new.open("rb") as written:
                os.fsync(written.fileno())
            connection.close()
            os.replace(new, self.path)
            sync(self.path.parent)
        finally:
            new.unlink(missing_ok=True)


class PostgreSQL:
    file = "database.pgdump"
    loads = ("postgresql", "sqlite")

    @property
    def version(self):
        return ".".join(map(str, divmod(connection.pg_version, 10000)))

    @contextmanager
    def copied(self, place):
        """Write the snapshot of one transaction with pg_dump, and yield a cursor in that transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            self.run(
                "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={place}"
            )
            yield cursor

    def occupied(self):
        if tables := connection.introspection.table_names():
            name = connection.settings_dict["NAME"]
            return (
                f"The database {name} holds {len(tables)} tables already. Make an empty one (createdb {name}_restored) "
                "and name it in DATABASE_URL."
            )
        return ""

    @contextmanager
    def loaded(self, file):
        """Load a dump with pg_restore in one transaction, or the rows of an SQLite file; yield a cursor afterwards."""
        if file.name == SQLite.file:
            copy_sqlite_file(file)
        else:
            connection.close()
            self.run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", file)
        with connection.cursor() as cursor:
            yield cursor

    def run(self, program, *arguments):
        """Run a client program of PostgreSQL on this database; BackupError where it is missing or fails.

        The password goes through the environment, because every user of the machine can read a command line.
        """
        options = connection.settings_dict
        names = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        address = {variable: str(options[name]) for variable, name in names.items() if options[name]}
        for name in ("sslmode", "sslrootcert"):
            if value := options["OPTIONS"].get(name):
                address[f"PG{name.upper()}"] = value
        target = ["--dbname", options["NAME"]] if program == "pg_restore" else []
        try:
            command = [program, *target, *arguments]
            process = subprocess.run(command, env=os.environ | address, capture_output=True, text=True)  # noqa: S603
        except FileNotFoundError:
            raise BackupError(
                f"The program {program} cannot be found. Install PostgreSQL's programs for clients, of version "
                f"{connection.pg_version // 10000} or later (Debian: postgresql-client)."
            ) from None
        if process.returncode:
            message = process.stderr.strip()
            if "version mismatch" in message:
                message += f"\nInstall PostgreSQL's programs for clients of version {connection.pg_version // 10000}."
            raise BackupError(f"{program} says: {message}")


KINDS = {"sqlite": SQLite, "postgresql": PostgreSQL}


def database():
    """Return the object that copies and loads this site's database: an SQLite or a PostgreSQL."""
    return KINDS[connection.vendor]()


def tables():
    """Return the sorted names of Django's tables; BackupError where the database has no migrations."""
    if "django_migrations" not in connection.introspection.table_names():
        raise BackupError("The database holds no site. Does DATABASE_URL name the right one?")
    return sorted([*connection.introspection.django_table_names(only_existing=True), "django_migrations"])


def rows(cursor, names):
    """Return the number of rows of each named table, as the cursor's transaction sees them: {name: number}."""
    numbers = {}
    for name in names:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        numbers[name] = cursor.fetchone()[0]
    return numbers

"""How each kind of database is copied while others write, and how a copy becomes the database again."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

from recruit_site.media.folder_storage import UNFINISHED, sync
from recruit_site.operations.backup.errors import KeepingError
from recruit_site.operations.backup.sqlite_to_postgresql import move


class SQLite:
    file = "database.sqlite3"
    #: The kinds of databases whose copies it loads.
    loads = ("sqlite",)

    def __init__(self):
        self.path = Path(connection.settings_dict["NAME"])

    @property
    def version(self):
        return sqlite3.sqlite_version

    @contextmanager
    def copied(self, place):
        """Copy the database to a file in one piece (SQLite's online backup); yields a cursor in the copy."""
        with closing(sqlite3.connect(self.path)) as there, closing(sqlite3.connect(place)) as copy:
            there.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it
            if (says := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise KeepingError(f"The database is damaged ({says}). Restore the last backup: docs/operations.md.")
            yield copy.cursor()

    def occupied(self):
        """Return why nothing can be restored here, as a sentence, "" where the place is empty."""
        connection.close()  # Django's checks may have begun an empty one
        aside = f"mv {self.path} {self.path}.old"
        if self.path.exists():
            with closing(sqlite3.connect(self.path)) as there:
                if there.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    return f"{self.path} is a database already. Stop the site and move it away: {aside}"
        beside = Path(f"{self.path}-wal")
        if beside.exists():
            return (
                f"{beside} belongs to another database, or the site still runs. Stop it, and move that file away too."
            )
        return ""

    @contextmanager
    def loaded(self, file):
        """Put a copy in place when the block ends well, at once; yields a cursor in it."""
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
        """Let pg_dump write all that one transaction sees; yields a cursor in that transaction."""
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
        """Let pg_restore write a copy in one transaction, or move one of SQLite; yields a cursor in the database."""
        if file.name == SQLite.file:
            move(file)
        else:
            connection.close()
            self.run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", file)
        with connection.cursor() as cursor:
            yield cursor

    def run(self, program, *arguments):
        """Run a program of PostgreSQL's on this database, whose password goes by the environment: all see a command."""
        known = connection.settings_dict
        names = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        address = {variable: str(known[name]) for variable, name in names.items() if known[name]}
        for name in ("sslmode", "sslrootcert"):
            if value := known["OPTIONS"].get(name):
                address[f"PG{name.upper()}"] = value
        where = ["--dbname", known["NAME"]] if program == "pg_restore" else []
        try:
            command = [program, *where, *arguments]
            done = subprocess.run(command, env=os.environ | address, capture_output=True, text=True)  # noqa: S603
        except FileNotFoundError:
            raise KeepingError(
                f"The program {program} cannot be found. Install PostgreSQL's programs for clients, of version "
                f"{connection.pg_version // 10000} or later (Debian: postgresql-client)."
            ) from None
        if done.returncode:
            says = done.stderr.strip()
            if "version mismatch" in says:
                says += f"\nInstall PostgreSQL's programs for clients of version {connection.pg_version // 10000}."
            raise KeepingError(f"{program} says: {says}")


KINDS = {"sqlite": SQLite, "postgresql": PostgreSQL}


def database():
    """Return how this site's database is copied, and copies are loaded into it."""
    return KINDS[connection.vendor]()


def tables():
    """Return the names of the tables in which Django keeps something; KeepingError where there is no site."""
    if "django_migrations" not in connection.introspection.table_names():
        raise KeepingError("The database holds no site. Does DATABASE_URL name the right one?")
    return sorted([*connection.introspection.django_table_names(only_existing=True), "django_migrations"])


def rows(cursor, names):
    """Return the number of rows of tables as a cursor sees them, by name."""
    found = {}
    for name in names:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        found[name] = cursor.fetchone()[0]
    return found

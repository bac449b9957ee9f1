"""Backup and restore with PostgreSQL's own programs, and the move of a site from SQLite to PostgreSQL."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from recruit_site import environment
from recruit_site.media.models import Picture
from recruit_site.operations import integrity
from recruit_site.operations.backup import databases
from recruit_site.operations.backup.backup import back_up
from recruit_site.operations.backup.errors import BackupError
from recruit_site.operations.backup.restore import restore
from recruit_site.operations.integrity.pages import bodies
from tests import factories, services

pytestmark = pytest.mark.skipif(bool(services.missing()), reason=services.missing())


@pytest.fixture(scope="module")
def server():
    with services.folder() as path, services.PostgreSQL(path).running() as running:
        for name in ("recruit", "other", "moved", "too_long"):
            running.run("createdb", f"--host={running.path}", "--username=recruit", name)
        yield running


@pytest.fixture
def use(django_db_blocker, server):
    """Yield a function that makes the named database of the server the site's database, and returns its connection."""
    before, opened = connections["default"], []

    def use(name):
        url = server.url.removesuffix("/recruit") + f"/{name}"
        handler = ConnectionHandler({"default": environment.database(url)})
        database = handler["default"]
        database._connection_pools = {}  # Django shares pools by alias, and the tests' database has the same alias
        database.inc_thread_sharing()
        opened.append(database)
        connections["default"] = database
        return database

    with django_db_blocker.unblock():
        yield use
        for database in opened:
            database.close()
            database.close_pool()
    connections["default"] = before


def test_copy_is_of_one_moment_and_is_loaded_as_it_was(use, tmp_path):
    file = tmp_path / "database.pgdump"
    with use("recruit").cursor() as cursor:
        cursor.execute("CREATE TABLE django_migrations (id int PRIMARY KEY)")
        cursor.execute("INSERT INTO django_migrations VALUES (1), (2)")
    with databases.database().copied(file) as cursor:
        assert databases.rows(cursor, databases.tables()) == {"django_migrations": 2}
    assert "holds 1 tables already. Make an empty one (createdb recruit_restored)" in databases.database().occupied()
    use("other")
    assert databases.database().occupied() == ""
    with databases.database().loaded(file) as cursor:
        assert databases.rows(cursor, ["django_migrations"]) == {"django_migrations": 2}


def test_password_is_on_no_command_line_and_a_missing_program_is_named(use, monkeypatch, tmp_path):
    connection = use("recruit")
    connection.ensure_connection()
    connection.settings_dict["PASSWORD"] = "a secret"
    call = {}

    def run(command, env, **options):
        call.update(command=command, password=env["PGPASSWORD"])
        raise FileNotFoundError

    monkeypatch.setattr(databases.subprocess, "run", run)
    with pytest.raises(BackupError, match=r"The program pg_dump cannot be found\. Install PostgreSQL's programs"):
        databases.database().run("pg_dump", "--format=custom")
    assert call == {"command": ["pg_dump", "--format=custom"], "password": "a secret"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the site that moves begins on SQLite")
@pytest.mark.django_db
def test_site_moves_from_sqlite_to_postgresql_page_by_page_and_goes_on_there(site, use, tmp_path):
    place, _described = back_up(tmp_path / "backups", keep=30)
    before = dict(bodies())
    use("moved")
    restore(place)
    assert list(integrity.findings()) == []
    assert dict(bodies()) == before
    assert factories.picture().pk > site.pk  # the sequence of primary keys continues
    assert len(before) > 90


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the site that moves begins on SQLite")
@pytest.mark.django_db
def test_row_that_does_not_fit_is_named_and_none_is_moved(site, use, tmp_path):
    """Move a text that is too long for its column: SQLite does not enforce the length of a varchar(200)."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database, database:
        database.execute("UPDATE media_picture SET credit_ja = ?", ["x" * 1000])
    place, _described = back_up(tmp_path / "backups", keep=30)
    use("too_long")
    with pytest.raises(BackupError, match=r"(?s)value too long .* COPY media_picture, line 1"):
        restore(place)
    assert not Picture.objects.exists()

"""PostgreSQL's own programs copy and load a database, of one moment, and no password shows."""

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from recruit_site import environment
from recruit_site.keeping import databases
from recruit_site.keeping.faults import KeepingError
from tests import services

pytestmark = pytest.mark.skipif(bool(services.missing()), reason=services.missing())


@pytest.fixture(scope="module")
def server():
    with services.folder() as path, services.PostgreSQL(path).running() as running:
        running.create()
        running.run("createdb", f"--host={running.path}", "--username=recruit", "other")
        yield running


@pytest.fixture
def use(django_db_blocker, server):
    """A function that makes a database of the server the site's."""
    before, opened = connections["default"], []

    def use(name):
        url = server.url.removesuffix("/recruit") + f"/{name}"
        handler = ConnectionHandler({"default": environment.database(url)})
        there = handler["default"]
        there.alias = f"keeping {name}"  # pools go by it
        there.inc_thread_sharing()
        opened.append(there)
        connections["default"] = there
        return there

    with django_db_blocker.unblock():
        yield use
        for there in opened:
            there.close()
            there.close_pool()
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
    seen = {}

    def run(command, env, **options):
        seen.update(command=command, password=env["PGPASSWORD"])
        raise FileNotFoundError

    monkeypatch.setattr(databases.subprocess, "run", run)
    with pytest.raises(KeepingError, match=r"The program pg_dump cannot be found\. Install PostgreSQL's programs"):
        databases.database().run("pg_dump", "--format=custom")
    assert seen == {"command": ["pg_dump", "--format=custom"], "password": "a secret"}

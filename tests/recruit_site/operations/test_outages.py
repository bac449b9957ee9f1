"""Outages of the database and the cache, and the recovery, on real PostgreSQL and Valkey servers."""

from contextlib import contextmanager

import pytest
from django.contrib.sessions.backends import cached_db
from django.core.cache import CacheHandler
from django.db import DatabaseError
from django.db.utils import ConnectionHandler
from redis.exceptions import ConnectionError

from recruit_site import environment
from tests import services

pytestmark = pytest.mark.skipif(bool(services.missing()), reason=services.missing())


@pytest.fixture
def folder():
    with services.folder() as path:
        yield path


@pytest.fixture
def postgresql(folder, django_db_blocker):
    """Yield a PostgreSQL server of this test's own; the tests' database may lie on another one."""
    with services.PostgreSQL(folder).running() as server, django_db_blocker.unblock():
        server.create()
        yield server


@contextmanager
def connected(address):
    """Yield a Django connection to the database at a URL; its alias gives it a connection pool of its own."""
    database = ConnectionHandler({"default": {}, "outage": environment.database(address)})["outage"]
    try:
        yield database
    finally:
        database.close()
        database.close_pool()


@pytest.fixture
def ask(postgresql, monkeypatch):
    """Yield a function that queries the database as a request does, and returns the result, None where it fails."""

    def request():
        try:
            with database.cursor() as cursor:
                cursor.execute("SELECT 42")
                return cursor.fetchone()[0]
        except DatabaseError:
            return None
        finally:
            database.close()

    with connected(postgresql.url) as database:
        # The pool's check drains the pool of the site's connection, so this database takes the place of it.
        monkeypatch.setattr("recruit_site.operations.postgresql_pool.connection", database)
        yield request


def test_lost_database_is_noticed(ask, postgresql):
    assert ask() == 42
    postgresql.stop()
    try:
        answer = ask()
    finally:
        postgresql.start()
    assert answer is None


def test_nothing_waits_for_a_lost_database_longer_than_two_seconds(postgresql):
    with connected(postgresql.url) as database, database.cursor() as cursor:
        parameters = cursor.connection.info.get_parameters()
        waits = [int(parameters["connect_timeout"]), int(parameters["tcp_user_timeout"]) / 1000, database.pool.timeout]
    assert max(waits) <= 2


@pytest.mark.parametrize("asked_meanwhile", [0, 3])
def test_first_request_after_an_outage_is_answered(ask, postgresql, asked_meanwhile):
    assert ask() == 42
    postgresql.stop()
    answers = [ask() for _time in range(asked_meanwhile)]
    postgresql.start()
    assert answers == [None] * asked_meanwhile
    assert ask() == 42


def test_statement_that_takes_too_long_is_ended_and_the_address_may_say_otherwise(postgresql):
    def limit(address):
        with connected(address) as database, database.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    assert limit(postgresql.url) == "20s"
    assert limit(f"{postgresql.url}?options=-c%20statement_timeout%3D0") == "0"


@pytest.fixture
def valkey(folder):
    with services.Valkey(folder).running() as server:
        yield server


@pytest.fixture
def session(valkey, monkeypatch):
    """Yield a function that opens the session with a key, from the Valkey server and the tests' database."""
    cache = CacheHandler({"default": environment.cache(valkey.url)})["default"]
    monkeypatch.setattr(cached_db, "caches", {"default": cache})
    yield cached_db.SessionStore
    cache.close()


@pytest.fixture
def key(session, db):
    """Return the key of a stored session with a "name"."""
    stored = session()
    stored["name"] = "Sato"
    stored.save()
    return stored.session_key


def test_session_is_read_from_the_cache_without_the_database(session, key, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert session(key)["name"] == "Sato"


def test_session_outlives_a_cache_that_starts_anew(session, key, valkey):
    valkey.stop()
    valkey.start()
    assert session(key)["name"] == "Sato"


def test_session_is_read_and_written_while_the_cache_is_gone(session, key, valkey):
    valkey.stop()
    opened = session(key)
    opened["name"] = f"{opened['name']} Hanako"
    opened.save()
    assert session(key)["name"] == "Sato Hanako"
    assert not session().exists("another")
    valkey.start()


def test_nobody_is_told_to_be_signed_out_while_the_cache_may_bring_the_session_back(session, key, valkey):
    valkey.stop()
    with pytest.raises(ConnectionError):
        session(key).flush()
    valkey.start()

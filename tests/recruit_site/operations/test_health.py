"""The probes /healthz and /readyz."""

import pytest
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from recruit_site.media.folder_storage import FolderStorage
from recruit_site.operations.health import pending_migrations

FINE = dict.fromkeys(("status", "database", "migrations", "storage", "static", "messages"), "ok")


def test_live_process_says_so_and_asks_the_database_at_most_once_a_second(client, db, django_assert_max_num_queries):
    client.get("/healthz")
    with django_assert_max_num_queries(2):
        response = [client.get("/healthz") for _time in range(5)][-1]
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probe_is_answered_by_address_and_without_https(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200


def test_ready_process_says_so(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, FINE)
    assert response["Content-Type"] == "application/json"


def test_process_without_its_database_is_not_ready_and_says_no_secret(client, db, monkeypatch, caplog):
    def away():
        raise DatabaseError("connection to database.internal as recruit failed")

    with monkeypatch.context() as patched:
        patched.setattr(connections["default"], "cursor", away)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == FINE | {"status": "failed", "database": "failed", "migrations": "failed"}
    assert "database.internal" in caplog.text


def test_process_newer_than_its_database_is_not_ready(client, db):
    [last] = MigrationLoader(connection).graph.leaf_nodes("faq")
    MigrationRecorder(connection).record_unapplied(*last)
    assert pending_migrations() == [last]
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"status": "failed", "migrations": "failed"})


def test_process_that_cannot_read_the_storage_is_not_ready(client, db, monkeypatch):
    def unreadable(self, path):
        raise PermissionError("no right to read")

    monkeypatch.setattr(FolderStorage, "listdir", unreadable)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"status": "failed", "storage": "failed"})


def test_process_without_its_static_files_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr("recruit_site.operations.health.STYLE", "css/not-collected.css")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"status": "failed", "static": "failed"})


def test_process_without_compiled_messages_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr("recruit_site.operations.health.gettext", lambda text: text)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"status": "failed", "messages": "failed"})


def test_probe_writes_nothing_and_reads_little(client, db, settings, tmp_path, django_assert_max_num_queries):
    settings.MEDIA_ROOT = tmp_path
    client.get("/readyz")
    with django_assert_max_num_queries(3) as queries:
        assert client.get("/readyz").json() == FINE
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert list(tmp_path.iterdir()) == []


def test_process_is_ready_before_the_first_upload_made_its_folder(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not yet"
    assert client.get("/readyz").json() == FINE

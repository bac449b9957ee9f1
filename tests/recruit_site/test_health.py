"""What the machinery around the site asks, and is told."""

import pytest
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from recruit_site.pictures.folder import FolderStorage

FINE = {"status": "ok", "database": "ok", "migrations": "ok", "storage": "ok"}


def test_live_process_says_so_without_asking_the_database(client):
    response = client.get("/healthz")  # without django_db: asking would fail
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
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"status": "failed", "migrations": "failed"})


def test_process_that_cannot_store_pictures_is_not_ready(client, db, monkeypatch):
    def full(self, name, content):
        raise OSError("no space left on device")

    monkeypatch.setattr(FolderStorage, "_save", full)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, FINE | {"status": "failed", "storage": "failed"})

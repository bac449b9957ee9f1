import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from recruit_site.import_export.fixture_loader import load


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the fixtures into the test database, as `prepare` does for a new site."""
    with django_db_blocker.unblock():
        load(settings.FIXTURES_FOLDER)


@pytest.fixture(scope="session")
def database_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the path of the test database as an SQLite file, None where the tests run on another database.

    A live site takes a copy of the file, which is faster than to migrate and load the fixtures again.
    """
    if connection.vendor != "sqlite":
        return None
    path = tmp_path_factory.mktemp("database") / "db.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    return path


@pytest.fixture(autouse=True)
def _japanese():
    """Start every test in Japanese, whatever language an earlier test has activated."""
    with translation.override("ja"):
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hash passwords with MD5. The site's own hasher takes as long as a whole test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("editor", password="a long enough password")


@pytest.fixture
def admin(client, editor):
    """Return a test client that is signed in to the admin site, in Japanese."""
    client.force_login(editor)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    return client

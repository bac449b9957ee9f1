import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from recruit_site.import_export.fixtures import load


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the brochures' content, as a new site does."""
    with django_db_blocker.unblock():
        load(settings.FIXTURES_FOLDER)


@pytest.fixture(scope="session")
def database_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """The tests' database as a file of SQLite, for other processes to use a copy of: quicker than making one.

    None where the tests run on another kind of database.
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
    """Every test starts in the site's first language, whatever the one before it activated."""
    with translation.override("ja"):
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hashing one as it is done on the site takes as long as a whole test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("editor", password="a long enough password")


@pytest.fixture
def admin(client, editor):
    """A browser signed in to the admin, in Japanese."""
    client.force_login(editor)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    return client

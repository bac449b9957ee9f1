import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import connection, connections

from recruit_site.search import index_stamp
from tests import factories


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return an SQLite file with a copy of the tests' database."""
    file = tmp_path_factory.mktemp("content") / "db.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return file


@contextmanager
def machine(settings, folder):
    """Make `folder` a machine of its own during the block: the database and the uploaded files lie in it."""
    folder.mkdir()
    original, media = connections["default"], settings.MEDIA_ROOT
    replacement = type(original)(original.settings_dict | {"NAME": str(folder / "db.sqlite3")}, "default")
    connections["default"], settings.MEDIA_ROOT = replacement, folder / "media"
    try:
        yield folder
    finally:
        replacement.close()
        connections["default"], settings.MEDIA_ROOT = original, media


@pytest.fixture
def site(db, content, settings, tmp_path):
    """Yield a Picture of the site that is backed up, which has a database of its own with the tests' content."""
    with machine(settings, tmp_path / "here") as folder:
        shutil.copy(content, folder)
        index_stamp.record_current_code()
        yield factories.picture()

import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import connection, connections

from recruit_site.search import index_stamp
from tests import factories


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker, tmp_path_factory):
    """A file with the tests' database."""
    file = tmp_path_factory.mktemp("content") / "db.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return file


@contextmanager
def machine(settings, folder):
    """A machine of its own: a folder with a database and a place for pictures."""
    folder.mkdir()
    here, media = connections["default"], settings.MEDIA_ROOT
    there = type(here)(here.settings_dict | {"NAME": str(folder / "db.sqlite3")}, "default")
    connections["default"], settings.MEDIA_ROOT = there, folder / "media"
    try:
        yield folder
    finally:
        there.close()
        connections["default"], settings.MEDIA_ROOT = here, media


@pytest.fixture
def site(db, content, settings, tmp_path):
    """A picture of the site that is backed up."""
    with machine(settings, tmp_path / "here") as folder:
        shutil.copy(content, folder)
        index_stamp.note()
        yield factories.picture()

"""Backups during writes, refused restores, and restored sites, which are compared page by page and byte by byte."""

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from recruit_site.media.models import Picture
from recruit_site.operations import integrity
from recruit_site.operations.backup import databases, manifest
from recruit_site.operations.backup.backup import back_up, backups, lock_folder
from recruit_site.operations.backup.errors import BackupError
from recruit_site.operations.backup.media import list_stored_files
from recruit_site.operations.backup.restore import restore
from recruit_site.operations.integrity.pages import bodies
from tests.recruit_site.operations.backup.conftest import machine

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's are in test_sqlite_to_postgresql.py"),
]


@pytest.fixture
def elsewhere(site, settings, tmp_path):
    """Return a function that makes an empty machine, a context manager."""
    return lambda: machine(settings, tmp_path / "elsewhere")


@pytest.fixture
def root(tmp_path):
    return tmp_path / "backups"


def test_restored_site_is_the_same_page_by_page_and_byte_by_byte(site, root, elsewhere):
    Session.objects.create(session_key="somebody", session_data="", expire_date="2030-01-01T00:00Z")
    place, _described = back_up(root, keep=30)
    Session.objects.all().delete()
    before, files = dict(bodies()), list(list_stored_files())
    with elsewhere():
        restore(place)
        assert list(integrity.findings()) == []
        assert dict(bodies()) == before
        assert list(list_stored_files()) == files
        assert not Session.objects.exists()  # the session that ended after the backup does not come back
    assert len(before) > 90


def test_backup_of_a_database_that_is_written_to_is_of_one_moment(tmp_path, monkeypatch):
    """Move a coin between two tables during backups: in every copy there is exactly one coin."""
    path, enough = tmp_path / "db.sqlite3", threading.Event()
    with closing(sqlite3.connect(path)) as original:
        original.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE a (n); CREATE TABLE b (n); INSERT INTO a VALUES (1)"
        )

    def write():
        with closing(sqlite3.connect(path, timeout=120)) as writer:
            while not enough.is_set():
                for source, target in ("ab", "ba"):
                    with writer:
                        writer.execute(f"INSERT INTO {target} SELECT n FROM {source}")  # noqa: S608
                        writer.execute(f"DELETE FROM {source}")  # noqa: S608

    monkeypatch.setattr(databases.SQLite, "__init__", lambda self: setattr(self, "path", path))
    writer = threading.Thread(target=write)
    writer.start()
    coins = []
    for number in range(20):
        with databases.SQLite().copied(tmp_path / f"copy{number}") as cursor:
            coins += cursor.execute("SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b)").fetchone()
    enough.set()
    writer.join()
    assert coins == [1] * 20


def test_backup_says_what_every_file_is_and_nobody_else_may_read_it(site, root):
    place, described = back_up(root, keep=30)
    assert list(manifest.damage(place, described)) == []
    assert set(described["files"]) == {str(file.relative_to(place)) for file in place.rglob("*") if file.is_file()} - {
        "manifest.json"
    }
    assert described["rows"]["media_picture"] == 1
    modes = {path.stat().st_mode & 0o777 for path in [root, place, *place.rglob("*")] if path.is_dir()}
    assert modes == {0o700}
    assert {path.stat().st_mode & 0o777 for path in place.rglob("*") if path.is_file()} == {0o600}


@pytest.fixture
def stamps(monkeypatch):
    """Give each backup another second in its name."""
    seconds = iter(range(10, 60))

    class Clock:
        @staticmethod
        def now(zone):
            return Clock

        @staticmethod
        def strftime(form):
            return f"20261122T0300{next(seconds)}Z"

    monkeypatch.setattr("recruit_site.operations.backup.backup.datetime", Clock)


@pytest.mark.usefixtures("stamps")
def test_pictures_that_the_last_backup_has_take_no_room_twice_and_damaged_ones_are_copied_anew(site, root):
    (first, _one), (second, _two) = back_up(root, 30), back_up(root, 30)
    picture = Path("media", site.file.name)
    assert (first / picture).stat().st_ino == (second / picture).stat().st_ino
    (second / picture).write_bytes(b"damaged")
    third, described = back_up(root, 30)
    assert list(manifest.damage(third, described)) == []


@pytest.mark.usefixtures("stamps")
def test_only_the_last_backups_are_kept_and_none_goes_for_one_that_failed(site, root, monkeypatch):
    made = [back_up(root, keep=2)[0] for _time in range(3)]
    assert backups(root) == made[1:]
    (root / ".new-20261122T030000Z").mkdir()  # left by a killed backup

    def full(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("recruit_site.operations.backup.backup.copy_file", full)
        patch.setattr("recruit_site.operations.backup.backup.link_from_last", lambda *args: None)
        with pytest.raises(BackupError, match=r"No space left on device\. Earlier backups are as they were\."):
            back_up(root, keep=1)
    assert sorted(root.iterdir()) == made[1:]


def test_restore_that_was_cut_short_leaves_no_database_and_goes_on_where_it_was(backup, elsewhere, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    with elsewhere() as folder:
        with monkeypatch.context() as patch:
            patch.setattr(databases.shutil, "copyfile", full)
            assert "The restore was cut short: [Errno 28] No space left on device. When that" in refusal(backup)
        assert sorted(path.name for path in folder.iterdir()) == ["media"]
        restore(backup)
        assert Picture.objects.count() == 1


def test_two_backups_at_once_are_refused(site, root):
    root.mkdir()
    with lock_folder(root), pytest.raises(CommandError, match="Another backup is being made"):
        call_command("backup", root)


def test_backup_of_an_empty_database_is_refused(site, root, elsewhere):
    with (
        elsewhere(),
        pytest.raises(CommandError, match="Does DATABASE_URL name the right"),
    ):
        call_command("backup", root)
    assert list(root.iterdir()) == []


@pytest.fixture
def backup(site, root):
    return back_up(root, keep=30)[0]


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        call_command("restore", folder)
    return str(refused.value)


def change_manifest(folder, **values):
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_restore_into_a_place_that_is_not_empty_is_refused(backup, elsewhere):
    with elsewhere() as folder:
        default_storage.save("pictures/other/original.jpg", ContentFile(b"of another site"))
        assert "The place of the pictures holds others (pictures/other/original.jpg)" in refusal(backup)
        default_storage.delete("pictures/other/original.jpg")
        with closing(sqlite3.connect(folder / "db.sqlite3")) as there:
            there.execute("CREATE TABLE something (n)")
        assert f"{folder}/db.sqlite3 is a database already. Stop the site and move it away: mv" in refusal(backup)
        (folder / "db.sqlite3").unlink()
        (folder / "db.sqlite3-wal").write_bytes(b"what the moved database had not taken in")
        assert f"{folder}/db.sqlite3-wal belongs to another database" in refusal(backup)


def test_damaged_backup_is_refused_before_anything_is_written(site, backup, elsewhere):
    picture = backup / "media" / site.file.name
    picture.write_bytes(picture.read_bytes()[:-1] + b"x")
    with (backup / "database.sqlite3").open("r+b") as file:
        file.truncate(1000)
    with elsewhere() as folder:
        message = refusal(backup)
        assert list(folder.iterdir()) == []
    assert message == (
        "Nothing was restored. The backup is damaged: database.sqlite3 is not what was backed up; "
        f"media/{site.file.name} is not what was backed up. Take another one."
    )


def test_backup_of_a_newer_version_is_refused(backup, elsewhere):
    change_manifest(backup, migrations={"faq": "0099_riddles"})
    with elsewhere():
        assert "made by a newer version of the site: it knows faq.0099_riddles. Install that version" in refusal(backup)
    change_manifest(backup, format=2)
    assert "made by a newer version of the site (format 2). Install that version first." in refusal(backup)


def test_backup_of_another_kind_of_database_is_refused(backup, elsewhere):
    change_manifest(backup, database="postgresql")
    with elsewhere():
        assert "is of a postgresql database, and DATABASE_URL names a sqlite one" in refusal(backup)


def test_rows_that_are_not_those_of_the_manifest_end_a_restore_without_a_database(backup, elsewhere):
    rows = json.loads((backup / "manifest.json").read_text())["rows"]
    change_manifest(backup, rows=rows | {"faq_question": 1})
    with elsewhere() as folder:
        assert refusal(backup) == "The database has other rows than were backed up: faq_question. Take another backup."
        assert not (folder / "db.sqlite3").exists()


def test_folder_that_is_no_backup_is_told_from_the_folder_of_backups(backup, root, tmp_path):
    assert refusal(tmp_path) == f"{tmp_path} is no backup: it has no manifest.json. Name the folder of one."
    assert f"The latest backup in it is {backup}." in refusal(root)
    (backup / "manifest.json").write_text("{}")
    assert "manifest.json cannot be read" in refusal(backup)

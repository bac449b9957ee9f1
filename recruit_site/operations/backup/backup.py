"""A backup: the database and the uploaded files at one moment, in a folder that is complete or does not exist.

    DIR/20261122T030000Z/
        manifest.json         see manifest.py
        database.sqlite3      or database.pgdump
        media/pictures/…      the files of the storage; files of the previous backup are hard links

The database is copied first. A file is stored before a row names it, and a file that a row, revision or working copy
ever named is never deleted. So every picture in the copied database still exists when the files are copied.
"""

import fcntl
import json
import os
import shutil
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import default_storage

from recruit_site.media.folder_storage import sync
from recruit_site.operations.backup import databases, manifest
from recruit_site.operations.backup.errors import BackupError
from recruit_site.operations.backup.media import is_complete, list_stored_files

#: The prefix of a folder that is being written or removed. The next backup deletes leftovers of a killed one.
COMING = ".new-"
STAMP = "%Y%m%dT%H%M%SZ"


def back_up(root, keep):
    """Make a backup in the folder `root`, remove all but the last `keep`, and return (its folder, its manifest).

    Raise BackupError where no backup can be made, or another process is making one in `root`.
    """
    root = Path(root)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with lock_folder(root):
            for left in root.glob(f"{COMING}*"):
                shutil.rmtree(left)
            name = datetime.now(UTC).strftime(STAMP)
            coming, place = root / f"{COMING}{name}", root / name
            if place.exists():
                raise BackupError(f"{place} is there already. Wait a second.")
            coming.mkdir(mode=0o700)
            try:
                described = write(coming, last_backup(root))
                os.replace(coming, place)
                sync(root)
            finally:
                shutil.rmtree(coming, ignore_errors=True)
            for old in backups(root)[:-keep]:
                gone = root / f"{COMING}{old.name}"
                os.replace(old, gone)  # a killed removal must not leave half a backup under a valid name
                shutil.rmtree(gone)
            return place, described
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"No backup was made: {error}. Earlier backups are as they were.") from error


@contextmanager
def lock_folder(root):
    """Lock the folder during the block, so that no two backups are made in it at once; BackupError if it is locked."""
    lock = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupError(f"Another backup is being made in {root}.") from None
    finally:
        os.close(lock)


def backups(root):
    """Return the folders of the complete backups in a folder, the oldest first."""
    return sorted(file.parent for file in Path(root).glob(f"[0-9]*Z/{manifest.MANIFEST}"))


def last_backup(root):
    """Return (folder, manifest) of the newest backup with a readable manifest, None where there is none."""
    for folder in reversed(backups(root)):
        try:
            return folder, manifest.read(folder)
        except BackupError:
            continue
    return None


def write(folder, last):
    """Write a backup into an empty folder and return its manifest; unchanged files are links into the `last` backup."""
    database, files = databases.database(), {}
    with database.copied(folder / database.file) as cursor:
        rows = databases.rows(cursor, databases.tables())
    files[database.file] = sync_and_describe(folder / database.file)
    for name in filter(is_complete, list_stored_files()):
        place = folder / manifest.MEDIA / name
        make_folders(place.parent)
        files[f"{manifest.MEDIA}/{name}"] = link_from_last(name, place, last) or copy_file(name, place)
    described = manifest.describe(database, rows, files)
    place = folder / manifest.MANIFEST
    place.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sync_and_describe(place)
    for inner in (path for path in folder.rglob("*") if path.is_dir()):
        sync(inner)
    sync(folder)
    return described


def make_folders(folder):
    if not folder.is_dir():
        make_folders(folder.parent)
        folder.mkdir(mode=0o700)


def link_from_last(name, place, last):
    """Link a file to the last backup's copy and return its manifest entry; None where that has no intact copy.

    Names contain a digest of the content, so a file of the same name and size has the same content.
    """
    if last is None:
        return None
    folder, described = last
    name_there = f"{manifest.MEDIA}/{name}"
    entry, there = described["files"].get(name_there), folder / name_there
    if not entry or default_storage.size(name) != entry["bytes"]:
        return None
    try:
        if manifest.entry_of(there) != entry:
            return None
        os.link(there, place)
    except OSError:
        return None
    return entry


def copy_file(name, place):
    with default_storage.open(name) as file, place.open("xb") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
    return sync_and_describe(place)


def sync_and_describe(file):
    """Make a file readable for its owner alone, flush it to the disk (fsync), and return its manifest entry."""
    file.chmod(0o600)
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    return manifest.entry_of(file)

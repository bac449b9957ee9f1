"""The restore of a backup: only into an empty database and storage, and only if every file matches the manifest."""

import sqlite3
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection

from recruit_site.operations.backup import databases, manifest
from recruit_site.operations.backup.errors import BackupError
from recruit_site.operations.backup.media import is_complete, list_stored_files

#: The most damaged files that a message names.
NAMED = 5


def restore(folder):
    """Restore the backup in a folder and return its manifest.

    Raise BackupError where the backup is damaged or does not fit this site, or the database or storage is not empty.
    """
    folder, described = Path(folder), manifest.read(folder)
    for refuse in (why_incompatible, why_damaged, why_not_empty):
        if why := refuse(folder, described):
            raise BackupError(f"Nothing was restored. {why}")
    try:
        write(folder, described)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"The restore was cut short: {error}. When that is mended, run it again.") from error
    call_command("prepare")
    Session.objects.all().delete()  # sessions that ended after the backup must not come back
    return described


def write(folder, described):
    """Write the files, then the database, which takes its place only when it is complete and its rows are counted."""
    for name in media_of(described):
        if not default_storage.exists(name):
            with (folder / manifest.MEDIA / name).open("rb") as file:
                default_storage.save(name, File(file))
    database = databases.database()
    with database.loaded(folder / databases.KINDS[described["database"]].file) as cursor:
        rows = databases.rows(cursor, described["rows"])
        if rows != described["rows"]:
            wrong = [name for name, number in described["rows"].items() if rows[name] != number]
            raise BackupError(
                f"The database has other rows than were backed up: {', '.join(wrong)}. Take another backup."
            )


def media_of(described):
    """Return the names that a backup's files have in the storage."""
    start = f"{manifest.MEDIA}/"
    return [name.removeprefix(start) for name in described["files"] if name.startswith(start)]


def why_incompatible(folder, described):
    """Return the reason why this version and database cannot load a backup, as a sentence; "" where they can."""
    if newer := manifest.newer_migrations(described):
        return (
            f"This backup was made by a newer version of the site: it knows {', '.join(newer)}. Install that version, "
            "or take an older backup."
        )
    if described["database"] not in databases.database().loads:
        return (
            f"This backup is of a {described['database']} database, and DATABASE_URL names a {connection.vendor} one. "
            "Name one of the same kind."
        )
    return ""


def why_damaged(folder, described):
    faults = list(manifest.damage(folder, described))
    if not faults:
        return ""
    more = f", and {len(faults) - NAMED} more" if len(faults) > NAMED else ""
    return f"The backup is damaged: {'; '.join(faults[:NAMED])}{more}. Take another one."


def why_not_empty(folder, described):
    """Return the reason why database or storage are not empty, as a sentence; "" where they are.

    Files of this same backup are allowed in the storage, so that an interrupted restore can be run again.
    """
    if why := databases.database().occupied():
        return why
    for name in filter(is_complete, list_stored_files()):
        entry = described["files"].get(f"{manifest.MEDIA}/{name}")
        if entry is None or entry["bytes"] != default_storage.size(name):
            return f"The place of the pictures holds others ({name}). Move them away, or name an empty place."
    return ""

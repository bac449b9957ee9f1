"""A backup becomes the site again: in an empty place only, and only if every byte of it is as it was."""

import sqlite3
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection

from recruit_site.operations.backup import databases, manifest
from recruit_site.operations.backup.errors import KeepingError
from recruit_site.operations.backup.media import is_ours, stored

#: How many damaged files a message names.
NAMED = 5


def restore(folder):
    """Restore the backup in a folder and return its manifest. KeepingError where that cannot be."""
    folder, described = Path(folder), manifest.read(folder)
    for refuse in (unfit, damaged, occupied):
        if why := refuse(folder, described):
            raise KeepingError(f"Nothing was restored. {why}")
    try:
        write(folder, described)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise KeepingError(f"The restore was cut short: {error}. When that is mended, run it again.") from error
    call_command("prepare")
    Session.objects.all().delete()  # who was signed out since must not be signed in again
    return described


def write(folder, described):
    """Write the pictures, then the database, which is there when all of it is."""
    for name in media_of(described):
        if not default_storage.exists(name):
            with (folder / manifest.MEDIA / name).open("rb") as file:
                default_storage.save(name, File(file))
    database = databases.database()
    with database.loaded(folder / databases.KINDS[described["database"]].file) as cursor:
        found = databases.rows(cursor, described["rows"])
        if found != described["rows"]:
            wrong = [name for name, number in described["rows"].items() if found[name] != number]
            raise KeepingError(
                f"The database has other rows than were backed up: {', '.join(wrong)}. Take another backup."
            )


def media_of(described):
    """Return the names of a backup's pictures as the storage knows them."""
    start = f"{manifest.MEDIA}/"
    return [name.removeprefix(start) for name in described["files"] if name.startswith(start)]


def unfit(folder, described):
    """Return why this version of the site, with its settings, cannot take a backup; "" where it can."""
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


def damaged(folder, described):
    found = list(manifest.damage(folder, described))
    if not found:
        return ""
    more = f", and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"The backup is damaged: {'; '.join(found[:NAMED])}{more}. Take another one."


def occupied(folder, described):
    """Return what is in the way. Pictures of this very backup are not: a restore that was cut short goes on."""
    if why := databases.database().occupied():
        return why
    for name in filter(is_ours, stored()):
        entry = described["files"].get(f"{manifest.MEDIA}/{name}")
        if entry is None or entry["bytes"] != default_storage.size(name):
            return f"The place of the pictures holds others ({name}). Move them away, or name an empty place."
    return ""

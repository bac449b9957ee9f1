"""The manifest of a backup: its time, its versions and migrations, and the size and digest of every file."""

import hashlib
import json
import platform
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from recruit_site.operations.backup.errors import BackupError

MANIFEST = "manifest.json"
FORMAT = 1
#: The keys that a restore needs.
NEEDED = {"made_at", "database", "migrations", "rows", "files"}
#: The folder of the uploaded files in a backup.
MEDIA = "media"


def describe(database, rows, files):
    """Return the manifest of a backup: `rows` are the numbers of rows by table, `files` the entries by file name."""
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "site": settings.SITE_URL,
        "versions": {"python": platform.python_version(), "django": django.get_version(), "database": database.version},
        "database": connection.vendor,
        "migrations": latest_migrations(),
        "rows": rows,
        "files": dict(sorted(files.items())),
    }


def latest_migrations():
    """Return the name of the last migration of each app."""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


def entry_of(file):
    """Return a file's entry in the manifest: its size in bytes and its SHA-256 digest."""
    with file.open("rb") as opened:
        return {"bytes": file.stat().st_size, "sha256": hashlib.file_digest(opened, "sha256").hexdigest()}


def read(folder):
    """Return the manifest of a backup. BackupError where the folder holds none that this version can read."""
    file = Path(folder) / MANIFEST
    try:
        manifest = json.loads(file.read_bytes())
        made_by = manifest["format"]
        if made_by <= FORMAT:
            if lacking := NEEDED - manifest.keys():
                raise ValueError(f"it lacks {', '.join(sorted(lacking))}")
            return manifest
    except FileNotFoundError:
        backups = sorted(one.parent.name for one in Path(folder).glob(f"*/{MANIFEST}"))
        advice = f"The latest backup in it is {Path(folder) / backups[-1]}." if backups else "Name the folder of one."
        raise BackupError(f"{folder} is no backup: it has no {MANIFEST}. {advice}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{file} cannot be read ({error}). Take another backup.") from error
    raise BackupError(
        f"{folder} was made by a newer version of the site (format {made_by}). Install that version first."
    )


def damage(folder, manifest):
    """Yield a sentence for each file of a backup that is missing or differs from its entry in the manifest."""
    for name, entry in manifest["files"].items():
        file = Path(folder) / name
        if not file.is_file():
            yield f"{name} is missing"
        elif entry_of(file) != entry:
            yield f"{name} is not what was backed up"


def newer_migrations(manifest):
    """Return the migrations of a backup that this version of the code does not have, as "app.name"."""
    migrations = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, name in manifest["migrations"].items() if (app, name) not in migrations]

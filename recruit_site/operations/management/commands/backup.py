from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recruit_site.operations.backup.backup import back_up
from recruit_site.operations.backup.errors import BackupError


class Command(BaseCommand):
    help = "Back up the database and the pictures into a new folder inside DIR, while the site runs and people edit."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="where backups lie, each in a folder of its own")
        parser.add_argument("--keep", type=number, default=30, help="how many to keep, the last ones; %(default)s")

    def handle(self, *, folder, keep, **options):
        try:
            place, described = back_up(folder, keep)
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = sum(entry["bytes"] for entry in described["files"].values()) / 1_000_000
        self.stdout.write(f"{place}: {len(described['files'])} files, {size:.1f} MB. Copy it to another machine.")


def number(text):
    """Return the number in a text; raise ValueError below 1, because the newest backup is never removed."""
    if not text.isdecimal() or int(text) < 1:
        raise ValueError
    return int(text)

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recruit_site.operations import integrity
from recruit_site.operations.backup.errors import BackupError
from recruit_site.operations.backup.restore import restore


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database and an empty place for pictures, as DATABASE_URL and MEDIA_ROOT or "
        "S3_BUCKET name them. Nothing is ever overwritten."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR/TIME", help="the folder of one backup")

    def handle(self, *, folder, **options):
        try:
            described = restore(folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored as it was at {described['made_at']}. Everybody signs in anew.")
        for finding in integrity.findings():
            self.stdout.write(str(finding))
        self.stdout.write("Start the site now, and look at it before readers do.")

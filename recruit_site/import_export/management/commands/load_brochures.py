from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recruit_site.import_export.fixture_loader import BrochureError, load


class Command(BaseCommand):
    help = "Load the brochures' content. Rows that staff changed are left as they are."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.FIXTURES_FOLDER)
        parser.add_argument("--overwrite", action="store_true", help="take the fixtures' text for those rows too")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is content already")

    def handle(self, *, folder, overwrite, if_empty, **options):
        try:
            outcome = load(folder, overwrite, only_if_empty=if_empty)
        except BrochureError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        for record in outcome.left:
            self.stdout.write(f"left as staff changed it: {record}")
        counts = outcome.counts
        if if_empty and not counts:
            return
        self.stdout.write(
            f"{counts['made']} made, {counts['changed']} changed, {counts['unchanged']} unchanged, "
            f"{len(outcome.left)} left"
        )

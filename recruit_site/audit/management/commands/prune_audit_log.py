from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recruit_site.audit.log import prune


class Command(BaseCommand):
    help = "Remove the entries of the audit log that are older than some years. Export them first where they are kept."

    def add_arguments(self, parser):
        parser.add_argument("--years", type=int, required=True, help="how long entries are kept, at least 1")

    def handle(self, *, years, **options):
        if years < 1:
            raise CommandError("Entries are kept for at least one year.")
        removed = prune(timezone.now() - timedelta(days=366 * years))
        self.stdout.write(f"{removed} entries removed")

from django.core.management.base import BaseCommand

from recruit_site.search import entries, missed_searches


class Command(BaseCommand):
    help = "Write the table of the search anew from all live content, and forget old searches that found nothing."

    def handle(self, *, verbosity, **options):
        number = entries.rebuild_entries()
        missed_searches.forget_old()
        if verbosity:
            self.stdout.write(f"{number} entries")

from django.core.management import call_command
from django.core.management.base import BaseCommand

from recruit_site.delivery import version


class Command(BaseCommand):
    help = "Bring the database up to date, fill it with the brochures' content where it is empty, check and index it."

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_brochures", if_empty=True)
        call_command("check_content", verbosity=0)
        call_command("rebuild_search", verbosity=0)
        version.forget_old()

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring the database up to date and fill it with the brochures' content where it is empty. Check all content."

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_brochures", if_empty=True)
        call_command("check_content", verbosity=0)

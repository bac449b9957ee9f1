from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from recruit_site.accounts import login_attempts
from recruit_site.content.models import Source
from recruit_site.page_cache import version
from recruit_site.search import index_stamp


class Command(BaseCommand):
    help = (
        "Bring the database up to date and fill it with the brochures' content where it is empty. "
        "Check and index all content where the code is another than the last time."
    )

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        is_new = not Source.objects.exists()
        call_command("load_brochures", if_empty=True)
        if not index_stamp.is_up_to_date():
            if not is_new:  # load_brochures has already checked and indexed new content
                call_command("check_content", verbosity=0)
                call_command("rebuild_search", verbosity=0)
            index_stamp.record_current_code()
        version.delete_old_changes()
        login_attempts.delete_old_log()
        call_command("clearsessions", verbosity=0)
        if connection.vendor == "sqlite":  # PostgreSQL updates its query planner's statistics by itself
            connection.cursor().execute("PRAGMA optimize=0x10002")

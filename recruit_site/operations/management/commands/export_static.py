from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recruit_site.audit.log import record_event
from recruit_site.audit.models import AuditKind
from recruit_site.operations.static_export import export
from recruit_site.operations.static_export.site import ExportError


class Command(BaseCommand):
    help = "Write the whole public site as files into a folder, for any web server, object store or CDN."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="new, empty, or that of an earlier export, which is renewed")

    def handle(self, *, folder, **options):
        try:
            done = export(folder)
        except ExportError as error:
            raise CommandError(str(error)) from error
        record_event(AuditKind.EXPORTED, detail=f"export_static {done.files}")
        for address, page in done.broken:
            self.stderr.write(f"{page} links to {address}, where no page is.")
        self.stdout.write(
            f"{done.files} files, {done.size / 1_000_000:.1f} MB, in {folder / 'site'}: "
            f"{done.written} written, {done.removed} removed, the others as they were."
        )

from django.core.management.base import BaseCommand, CommandError

from recruit_site.operations import integrity


class Command(BaseCommand):
    help = (
        "Prove that content, history, search, redirects and pictures agree. One line for each thing found; status 1 "
        "where one of them is a fault."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="make anew what follows from content, and verify again")
        parser.add_argument("--site", metavar="URL", help="compare every page of a running server too")

    def handle(self, *, mend, site, **options):
        findings = list(integrity.findings())
        if mend and findings:
            for name in integrity.mend(findings):
                self.stdout.write(f"made anew: {name}")
            findings = list(integrity.findings())
        for finding in findings:
            self.stdout.write(str(finding))
        pages = list(integrity.pages.differing(site)) if site else []
        for sentence in pages:
            self.stdout.write(f"pages: {sentence}")
        faults = sum(not finding.harmless for finding in findings) + len(pages)
        if faults:
            number = "1 fault was" if faults == 1 else f"{faults} faults were"
            raise CommandError(f"{number} found. What to do about each stands in docs/operations.md.")
        self.stdout.write("Everything agrees.")

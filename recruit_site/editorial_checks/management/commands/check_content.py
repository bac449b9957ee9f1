from collections import Counter

from django.core.management.base import BaseCommand

from recruit_site.editorial_checks.check_results import check_all


class Command(BaseCommand):
    help = "Check all content anew, as every save does, and list what is found. The links of the web: check_links."

    def handle(self, *, verbosity, **options):
        checks = Counter()
        for result in check_all():
            for remark in result.remarks:
                checks[remark.finding.check] += 1
                if verbosity:
                    name = result.kind._meta.verbose_name
                    self.stdout.write(f"{name} {result.slug}, {remark.label}: {remark.says} {remark.finding.marked}")
        if verbosity:
            self.stdout.write(", ".join(f"{name}: {number}" for name, number in checks.items()) or "nothing found")

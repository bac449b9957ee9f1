from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recruit_site.editorial_checks.external_links import Pace, link_errors, web_links
from recruit_site.web.admin_page import form_address


class Command(BaseCommand):
    help = "Ask other sites, slowly, whether what live content links to is still there. Status 1 where it is not."

    def add_arguments(self, parser):
        for name, seconds in Pace()._asdict().items():
            parser.add_argument(f"--{name}", type=float, default=seconds, help="seconds; %(default)s if not given")
        parser.add_argument("--private", action="store_true", help="ask addresses in this machine's own network too")

    def handle(self, *, timeout, pause, total, private, **options):
        links = web_links()
        broken = link_errors([link.url for link in links], Pace(timeout, pause, total), private)
        for link in links:
            if link.url in broken:
                self.stdout.write(f"{link.row._meta.verbose_name}: {link.row}")
                self.stdout.write(f"    {link.url}: {broken[link.url]}")
                self.stdout.write(f"    to be edited at {settings.SITE_URL}{form_address(link.row)}")
        number = len({link.url for link in links})
        if broken:
            raise CommandError(f"{len(broken)} of {number} links lead to no page.")
        self.stdout.write(f"All {number} links lead to a page.")

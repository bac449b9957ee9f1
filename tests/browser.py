"""A Chromium that asks nobody but the site, driven by Playwright."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.live_site import EDITOR
from tests.quality.installation import BROWSERS, on_path

FLAGS = (
    "--no-sandbox",  # it runs as root in containers, and only opens our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE, HEIGHT = 1280, 360, 900


@contextmanager
def chromium():
    """Run the Chromium of the machine, or the one that Playwright brought, until the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(*BROWSERS), args=FLAGS)
        yield browser
        browser.close()


class Window:
    """A window of the browser on the site, and what its page asked for and complained about.

    Scrolling is not animated, so that places can be measured at once.
    """

    def __init__(self, browser, site, language="ja", **options):
        self.site = site
        self.context = browser.new_context(locale=language, reduced_motion="reduce", **options)
        self.page = self.context.new_page()
        self.asked, self.complaints = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.note)

    def note(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def open(self, path):
        """Go to a path of the site with the width of a desktop and return the answer's status."""
        self.asked.clear()
        self.complaints.clear()
        self.widen(DESKTOP)
        return self.page.goto(self.site.url + path).status

    def widen(self, width, height=HEIGHT):
        self.page.set_viewport_size({"width": width, "height": height})

    def sign_in(self):
        """Make an editor's account and sign in to the admin with it."""
        self.site.manage("createsuperuser", "--noinput", "--email", "editor@example.org")
        self.open("/admin/login/?next=/en/")
        self.page.fill("[name=username]", EDITOR["DJANGO_SUPERUSER_USERNAME"])
        self.page.fill("[name=password]", EDITOR["DJANGO_SUPERUSER_PASSWORD"])
        with self.page.expect_navigation():
            self.page.press("[name=password]", "Enter")

    def close(self):
        self.context.close()


def follow(page, element):
    """Click on what leads to another page, and return when that page is there whole.

    A click alone returns while the old page still stands, which the next line would read.
    """
    with page.expect_navigation():
        element.click()

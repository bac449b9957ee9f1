"""A Chromium that makes no requests of its own, driven by Playwright."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.live_site import EDITOR
from tests.quality.installation import BROWSERS, on_path

FLAGS = (
    "--no-sandbox",  # Chromium refuses to run as root in its sandbox; it opens only the site's own pages
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
    """Yield a running Chromium: the one on the PATH, else the one that Playwright installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(*BROWSERS), args=FLAGS)
        yield browser
        browser.close()


class Window:
    """A browser window on the site.

    `asked` are the URLs that its page has requested, `complaints` its errors and warnings. Reduced motion is on,
    because animated scrolling would move elements while a test measures them.
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
        """Open a path of the site at desktop width and return the status of the response."""
        self.asked.clear()
        self.complaints.clear()
        self.widen(DESKTOP)
        return self.page.goto(self.site.url + path).status

    def widen(self, width, height=HEIGHT):
        self.page.set_viewport_size({"width": width, "height": height})

    def sign_in(self):
        """Create a superuser and sign in to the admin site."""
        self.site.manage("createsuperuser", "--noinput", "--email", "editor@example.org")
        self.open("/admin/login/?next=/en/")
        self.page.fill("[name=username]", EDITOR["DJANGO_SUPERUSER_USERNAME"])
        self.page.fill("[name=password]", EDITOR["DJANGO_SUPERUSER_PASSWORD"])
        with self.page.expect_navigation():
            self.page.press("[name=password]", "Enter")

    def close(self):
        self.context.close()


def follow(page, element):
    """Click on a link or button that leads to another page, and return when that page has loaded.

    A click alone returns while the old page is still shown, and the test's next line would read the old page.
    """
    with page.expect_navigation():
        element.click()

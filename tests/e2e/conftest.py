"""Fixtures: a live site with the content of the fixtures, the browser and the Nu checker, each started once.

Their scope is this package: while Playwright runs, Django refuses database queries in the same thread.
"""

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.live_site import running
from tests.page_kinds import LANGUAGES, address, examples
from tests.quality import nu

# The timeout of an expectation in milliseconds, long enough for a busy machine.
expect.set_options(timeout=60_000)

#: Code that creates a notice of each look, for the pages that show notices. The fixtures hold none.
NOTICES = """
from tests import factories
factories.briefing(apply_url="https://apply.example.go.jp/", online_url="https://meeting.example.go.jp/")
factories.briefing(cancelled=True)
factories.notice()
"""


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site")) as site:
        site.manage("shell", "-v0", "-c", NOTICES)
        yield site


@pytest.fixture(scope="package")
def chromium():
    with browser.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="package")
def checker():
    with nu.checker() as url:
        yield url


@pytest.fixture(scope="package")
def address_of(site):
    """Return a function that returns the path of a Kind's example."""
    known = examples(site.paths)
    return lambda kind: address(kind, known)


@pytest.fixture(scope="package")
def windows(chromium, site):
    """Return {language: window}."""
    return {language: browser.Window(chromium, site, language) for language in LANGUAGES}


@pytest.fixture(scope="package")
def bare(chromium, site):
    """Return a window without JavaScript."""
    return browser.Window(chromium, site, java_script_enabled=False)


@pytest.fixture(scope="package")
def editors_window(chromium, site):
    window = browser.Window(chromium, site)
    window.sign_in()
    return window

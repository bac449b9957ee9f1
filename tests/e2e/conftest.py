"""The real server with the brochures' content, the browser and the checker: each started once.

They end with this folder's tests: while Playwright runs, Django refuses to ask a database from the same thread.
"""

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.live_site import running
from tests.page_kinds import LANGUAGES, address, examples
from tests.quality import nu

# How long an expectation is waited for at most, in milliseconds: a busy machine takes its time.
expect.set_options(timeout=60_000)

#: The brochures hold no notice: one of each look, for the kinds of pages that show them.
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
    """A function that returns the path of a kind's example."""
    known = examples(site.paths)
    return lambda kind: address(kind, known)


@pytest.fixture(scope="package")
def windows(chromium, site):
    """A window for each language."""
    return {language: browser.Window(chromium, site, language) for language in LANGUAGES}


@pytest.fixture(scope="package")
def bare(chromium, site):
    """A window without JavaScript."""
    return browser.Window(chromium, site, java_script_enabled=False)


@pytest.fixture(scope="package")
def editors_window(chromium, site):
    window = browser.Window(chromium, site)
    window.sign_in()
    return window

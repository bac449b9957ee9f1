"""Fixtures: a live site for each test module, because the tests change its content, with an account for each group."""

import pytest

from tests import staff
from tests.browser import Window
from tests.live_site import running


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running(tmp_path_factory.mktemp("staff")) as site:
        staff.make_accounts(site)
        yield site


@pytest.fixture(scope="module")
def sign_in(chromium, site):
    """Yield a function that returns a page of the admin site, signed in with the account of a group."""
    opened = {}

    def page(name):
        if name not in opened:
            window = opened[name] = Window(chromium, site)
            staff.sign_in(window, name)
        assert opened[name].complaints == []  # no violation of the Content-Security-Policy
        return opened[name].page

    yield page
    for window in opened.values():
        window.close()


@pytest.fixture(scope="module")
def reader(chromium, site):
    """Return a function that opens a path in a new window and returns the page's status and text."""

    def read(path):
        window = Window(chromium, site)
        try:
            return window.open(path), window.page.locator("main").inner_text().replace("\u200b", "")
        finally:
            window.close()

    return read

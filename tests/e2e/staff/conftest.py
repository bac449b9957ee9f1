"""A site for each file of these tests, since they change what it says, with an account of each group."""

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
    """A function that returns a page of the admin, signed in as someone of a group."""
    opened = {}

    def page(name):
        if name not in opened:
            window = opened[name] = Window(chromium, site)
            staff.sign_in(window, name)
        assert opened[name].complaints == []  # nothing that the policy refused
        return opened[name].page

    yield page
    for window in opened.values():
        window.close()


@pytest.fixture(scope="module")
def reader(chromium, site):
    """A function that returns the status and the text of a page, as someone gets it who comes for the first time."""

    def read(path):
        window = Window(chromium, site)
        try:
            return window.open(path), window.page.locator("main").inner_text().replace("\u200b", "")
        finally:
            window.close()

    return read

"""The shipped proxy in front of a site: it keeps pages, shows changes soon, and goes on without the site."""

import ssl
import time
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from urllib.request import Request, urlopen

import pytest

from tests.live_site import environment, prepare, served
from tests.nginx import nginx, proxied

#: Seconds after which the proxy fetches a page anew (its clock ticks once a second); within which a change is seen.
PAST, SEEN_WITHIN = 2.1, 3.0
PAGE = "/ja/faq/housing/"
CHANGE = """
from faq.models import Question
question = Question.objects.get(slug="housing")
question.title_ja = "寮や宿舎は、いまもありますか？"
question.save()
"""
TITLE = "寮や宿舎は、いまもありますか？"


pytestmark = pytest.mark.skipif(nginx() is None, reason="nginx cannot be found: apt-get install nginx-light")


@pytest.fixture
def variables(tmp_path):
    found = environment(tmp_path, BEHIND_PROXY="true")
    prepare(tmp_path, found)
    return found


@contextmanager
def through_proxy(folder, variables):
    """Yield a function that asks for the page through the proxy and returns its headers and its text."""
    with proxied(folder, nginx(), variables["PORT"]) as port:
        context = ssl._create_unverified_context()  # noqa: S323 - the certificate was made just now

        def ask():
            request = Request(f"https://127.0.0.1:{port}{PAGE}", headers={"Accept-Encoding": "identity"})
            with urlopen(request, context=context) as answer:  # noqa: S310
                return answer.headers, answer.read().decode().replace("\u200b", "")

        yield ask


def test_change_is_seen_through_the_proxy_within_seconds(tmp_path, variables):
    with served(variables) as site, through_proxy(tmp_path, variables) as ask:
        kept = [ask()[0]["X-Cache"] for _time in range(3)]
        before = ask()[1]
        site.manage("shell", "-v0", "-c", CHANGE)
        time.sleep(SEEN_WITHIN)
        headers, after = ask()
    assert kept == ["MISS", "HIT", "HIT"]
    assert headers["X-Accel-Expires"] is None  # it is for the proxy alone
    age = time.time() - parsedate_to_datetime(headers["Date"]).timestamp()
    assert age < SEEN_WITHIN  # browsers keep it from its Date on
    assert (TITLE in before, TITLE in after) == (False, True)


def test_kept_page_is_shown_while_the_site_is_away(tmp_path, variables):
    with through_proxy(tmp_path, variables) as ask:
        with served(variables):
            before = ask()[1]
        time.sleep(PAST)
        headers, after = ask()
    assert (headers["X-Cache"], after) == ("STALE", before)

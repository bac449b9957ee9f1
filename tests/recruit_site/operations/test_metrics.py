"""The metrics for Prometheus: from all processes, and only with the token."""

from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.live_site import running, send

TOKEN = "a token for the tests alone, " * 2


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """Yield the URL of a gunicorn with two worker processes and a METRICS_TOKEN."""
    with running(tmp_path_factory.mktemp("site"), WEB_CONCURRENCY="2", METRICS_TOKEN=TOKEN) as site:
        yield site.url


def answer(url, token=None, figure="recruit_request_seconds", by=("method", "view", "status")):
    """Return (status of /metrics, {label values: count} of a metric)."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with urlopen(Request(f"{url}/metrics", headers=headers)) as response:  # noqa: S310
            text = response.read().decode()
    except HTTPError as error:
        return error.code, {}
    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = families[figure].samples
    return 200, {
        tuple(sample.labels[name] for name in by): sample.value
        for sample in samples
        if sample.name.endswith(("_count", "_total"))
    }


def test_requests_are_counted_in_all_processes_by_view_and_not_by_path(url):
    for number in range(20):
        send(f"{url}/admin/login/")
        send(f"{url}/none-{number}.txt")
    status, counts = answer(url, TOKEN)
    assert status == 200
    assert counts == {("GET", "admin:login", "200"): 20, ("GET", "none", "404"): 20}


def test_answers_from_memory_are_counted_by_their_status(url):
    tag = urlopen(f"{url}/ja/").headers["ETag"]  # noqa: S310
    for path in ("/ja/", "/en/", "/none.txt"):
        send(url + path)
    with suppress(HTTPError):
        urlopen(Request(f"{url}/ja/", headers={"If-None-Match": tag}))  # noqa: S310
    assert answer(url, TOKEN, "recruit_published", ["status"]) == (200, {("200",): 3, ("304",): 1})


@pytest.mark.parametrize("token", [None, "another token"])
def test_figures_are_not_there_for_anyone_else(url, token):
    assert answer(url, token) == (404, {})


def test_figures_are_off_unless_asked_for(client, db):
    assert client.get("/metrics", headers={"authorization": "Bearer None"}).status_code == 404

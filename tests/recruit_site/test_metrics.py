"""Figures for a Prometheus, for nobody else, and from all processes."""

import os
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from judges.site import free_port, send, started

TOKEN = "a token for the tests alone, " * 2


@pytest.fixture(scope="module")
def url():
    """The address of a gunicorn of two processes that counts."""
    port = free_port()
    environment = os.environ | {"PORT": str(port), "ALLOWED_HOSTS": "*", "METRICS_TOKEN": TOKEN}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:recruit_site.server", "recruit_site.wsgi"]
    with started(command, f"http://127.0.0.1:{port}/healthz", env=environment, stderr=subprocess.DEVNULL):
        yield f"http://127.0.0.1:{port}"


def answer(url, token=None):
    """Return the status of /metrics and its counts, by method, view and status."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with urlopen(Request(f"{url}/metrics", headers=headers)) as response:  # noqa: S310
            text = response.read().decode()
    except HTTPError as error:
        return error.code, {}
    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = families["recruit_request_seconds"].samples
    return 200, {
        tuple(sample.labels[name] for name in ("method", "view", "status")): sample.value
        for sample in samples
        if sample.name.endswith("_count")
    }


def test_requests_are_counted_in_all_processes_by_view_and_not_by_path(url):
    for number in range(20):
        send(f"{url}/robots.txt")
        send(f"{url}/none-{number}.txt")
    status, counts = answer(url, TOKEN)
    assert status == 200
    assert counts[("GET", "robots", "200")] == 20
    assert {view for _method, view, _status in counts} == {"robots", "none"}


@pytest.mark.parametrize("token", [None, "another token"])
def test_figures_are_not_there_for_anyone_else(url, token):
    assert answer(url, token) == (404, {})


def test_figures_are_off_unless_asked_for(client, db):
    assert client.get("/metrics", headers={"authorization": "Bearer None"}).status_code == 404

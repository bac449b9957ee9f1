from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from recruit_site.delivery import version
from recruit_site.delivery.layer import PublishedPages


@pytest.fixture
def django():
    """The site behind the layer; it counts what it is asked, and keeps the test's connection open."""
    handler = WSGIHandler()

    def application(environ, start_response):
        application.asked.append(environ["PATH_INFO"])
        return handler(environ, start_response)

    application.asked = []
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield application
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def layer(django, db, monkeypatch):
    """The layer in front of it, without the thread: tests say when it looks."""
    monkeypatch.setattr("recruit_site.delivery.layer.Watch.start", lambda watch: None)
    monkeypatch.setattr(version, "listeners", [])
    monkeypatch.setattr(version, "_known", None)
    return PublishedPages(django, most_bytes=10_000_000)


@pytest.fixture
def ask(layer):
    """A function that asks the layer and returns what it answers: `status`, `headers`, `body`."""

    def ask(path, method="GET", **headers):
        path, _mark, query = path.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        said = []
        answer = layer(environ, lambda *line: said.append(line))
        body = b"".join(answer)
        getattr(answer, "close", bool)()
        status, found = said[-1][:2]
        assert len(found) == len(dict(found))  # no header twice
        return SimpleNamespace(status=int(status.split()[0]), headers=dict(found), body=body)

    return ask

from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from recruit_site.page_cache import version
from recruit_site.page_cache.cache import PageCache


@pytest.fixture
def django():
    """The site behind the cache; it counts what it is asked, and keeps the test's connection open."""
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
def reader(db, monkeypatch):
    """A reader of the version that has read nothing yet, and reads anew whenever it is asked."""
    reader = version.VersionReader()
    monkeypatch.setattr(version, "reader", reader)
    monkeypatch.setattr(version, "INTERVAL", 0)
    return reader


@pytest.fixture
def cache(django, reader):
    return PageCache(django, max_bytes=10_000_000)


@pytest.fixture
def ask(cache):
    """A function that asks the cache and returns what it answers: `status`, `headers`, `body`."""

    def ask(path, method="GET", **headers):
        path, _mark, query = path.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        started = []
        answer = cache(environ, lambda *line: started.append(line))
        body = b"".join(answer)
        getattr(answer, "close", bool)()
        status, found = started[-1][:2]
        assert len(found) == len(dict(found))  # no header twice
        return SimpleNamespace(status=int(status.split()[0]), headers=dict(found), body=body)

    return ask

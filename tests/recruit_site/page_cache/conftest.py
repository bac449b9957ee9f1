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
    """Django behind the cache. It records the requested paths, and leaves the test's database connection open."""
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
    """A VersionReader as in a new process, which reads the version on every call."""
    reader = version.VersionReader()
    monkeypatch.setattr(version, "reader", reader)
    monkeypatch.setattr(version, "INTERVAL", 0)
    return reader


@pytest.fixture
def cache(django, reader):
    return PageCache(django, max_bytes=10_000_000)


@pytest.fixture
def ask(cache):
    """A function that sends a request to the cache and returns the response: `status`, `headers`, `body`."""

    def ask(path, method="GET", **headers):
        path, _mark, query = path.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        started = []
        response = cache(environ, lambda *line: started.append(line))
        body = b"".join(response)
        getattr(response, "close", bool)()
        status, header_list = started[-1][:2]
        assert len(header_list) == len(dict(header_list))  # no header twice
        return SimpleNamespace(status=int(status.split()[0]), headers=dict(header_list), body=body)

    return ask

"""Requests to the site within this process, and the addresses that belong to the site."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from django.utils import translation
from django.utils.csp import CSP, build_policy

from recruit_site.page_cache.response import NOT_STORED

HOST = urlsplit(settings.SITE_URL).netloc
#: Headers that do not belong to a file: the server of the export adds its own.
LEFT_OUT = NOT_STORED | {"Location"}
POLICY = "Content-Security-Policy"


class ExportError(Exception):
    """An export that failed. The message tells the operator why."""


@dataclass
class ExportedPath:
    """A path of the export: a page, a redirect or an error.

    `rule` is the part of the manifest's entry for servers that have rules for redirects and errors. `body` is None
    where the path has no file.
    """

    path: str
    status: int
    headers: dict = field(default_factory=dict)
    body: bytes | None = None
    rule: dict = field(default_factory=dict)


class SiteResponse(NamedTuple):
    """The site's response to an address.

    `varies` says whether it depends on Accept-Language, and `target` is the Location of a redirect, "" without one.
    """

    status: int
    headers: dict
    body: bytes
    varies: bool = False
    target: str = ""


class Site:
    """The site as an anonymous reader sees it, with `request.exported` set to true."""

    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.factory = RequestFactory(headers={"host": HOST})

    def request(self, address):
        request = self.factory.get(address, secure=settings.SERVED_BY_HTTPS)
        request.exported = True
        return request

    def ask(self, address):
        with translation.override(settings.LANGUAGE_CODE):  # restore the language that middleware activates
            response = self.handler.get_response(self.request(address))
        body = b"".join(response)
        if response.streaming:
            response.file_to_stream.close()  # response.close() would also close the connection to the database
        headers = {name: value for name, value in response.items() if name not in LEFT_OUT}
        if POLICY in headers:
            headers[POLICY] = policy()
        varies = "accept-language" in response.get("Vary", "").lower()
        return SiteResponse(response.status_code, headers, body, varies, response.get("Location", ""))


@contextmanager
def silence_request_log():
    """Silence the log lines of requests during the block: the export itself reports dead links."""
    loggers = {
        logger: logger.level for logger in map(logging.getLogger, ("django.request", "recruit_site.web.request_log"))
    }
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in loggers.items():
            logger.setLevel(level)


def policy():
    """Return the site's Content-Security-Policy, which also lets the search form lead to LIVE_SEARCH_URL."""
    live = urlsplit(settings.LIVE_SEARCH_URL)
    origins = [f"{live.scheme}://{live.netloc}"] if settings.LIVE_SEARCH_URL else []
    return build_policy(settings.SECURE_CSP | {"form-action": [CSP.SELF, *origins]})


def resolve_link(link, address):
    """Return the path and query that a link on the page at `address` leads to; None where it leads to another site."""
    if link.startswith("webcal:"):
        link = link.removeprefix("webcal:")
    try:
        parts = urlsplit(urldefrag(urljoin(settings.SITE_URL + address, link)).url)
    except ValueError:
        return None
    if parts.netloc != HOST or parts.scheme not in {"http", "https"}:
        return None
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"

"""The site, asked within this process, and the addresses that belong to it."""

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
#: Headers that say nothing of the file. A server makes its own.
LEFT_OUT = NOT_STORED | {"Location"}
POLICY = "Content-Security-Policy"


class ExportError(Exception):
    """Why nothing was exported, in a sentence for whoever asked for it."""


@dataclass
class Found:
    """What lies at a path of the export.

    `rule` is what the manifest says of it for a server that knows rules; `body` is None where there is no file.
    """

    path: str
    status: int
    headers: dict = field(default_factory=dict)
    body: bytes | None = None
    rule: dict = field(default_factory=dict)


class SiteResponse(NamedTuple):
    """What the site answers: the names of the headers are as it writes them; `target` is where it leads on."""

    status: int
    headers: dict
    body: bytes
    varies: bool = False
    target: str = ""


class Site:
    """Answers as the running site does to a reader without an account, except that `request.exported` is true."""

    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.factory = RequestFactory(headers={"host": HOST})

    def request(self, address):
        request = self.factory.get(address, secure=settings.SERVED_BY_HTTPS)
        request.exported = True
        return request

    def ask(self, address):
        with translation.override(settings.LANGUAGE_CODE):  # middleware activates another one
            response = self.handler.get_response(self.request(address))
        body = b"".join(response)
        if response.streaming:
            response.file_to_stream.close()  # the file alone: response.close() would end the connection to the database
        headers = {name: value for name, value in response.items() if name not in LEFT_OUT}
        if POLICY in headers:
            headers[POLICY] = policy()
        varies = "accept-language" in response.get("Vary", "").lower()
        return SiteResponse(response.status_code, headers, body, varies, response.get("Location", ""))


@contextmanager
def quietly():
    """Keep a line for each question out of the log: the export itself says which links lead nowhere."""
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
    """Return the site's policy, under which the form of the search may lead to the running site."""
    live = urlsplit(settings.LIVE_SEARCH_URL)
    origins = [f"{live.scheme}://{live.netloc}"] if settings.LIVE_SEARCH_URL else []
    return build_policy(settings.SECURE_CSP | {"form-action": [CSP.SELF, *origins]})


def within(link, address):
    """Return the address that a link on the page at `address` leads to, without its anchor; None for other sites."""
    if link.startswith("webcal:"):
        link = link.removeprefix("webcal:")
    try:
        parts = urlsplit(urldefrag(urljoin(settings.SITE_URL + address, link)).url)
    except ValueError:
        return None
    if parts.netloc != HOST or parts.scheme not in {"http", "https"}:
        return None
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"

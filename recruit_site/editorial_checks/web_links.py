"""Do the links of live content to other sites still lead somewhere? Asked slowly and politely, on command alone."""

import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.utils.encoding import iri_to_uri

from recruit_site.content import snapshot
from recruit_site.content.models import Publishable, Source
from recruit_site.editorial_checks.links import links_of

AT_ONCE = 4
REDIRECTS = 5
#: A HEAD that a server does not know or does not want is asked again as a GET.
NOT_THIS_WAY = {400, 403, 404, 405, 406, 500, 501, 503}


class Link(NamedTuple):
    """An address of another site, and the row in which it stands."""

    url: str
    row: object


class Unreachable(Exception):
    """An address that is not asked at all, and why."""


class Pace(NamedTuple):
    """How long one answer may take, how long between two questions to a host, and how long everything: seconds."""

    timeout: float = 10
    pause: float = 1
    total: float = 300


def web_links():
    """Return the Links to other sites in everything that readers see: source documents and Markdown texts."""
    found = [Link(source.url, source) for source in Source.objects.exclude(url="")]
    for model in apps.get_models():
        if issubclass(model, Publishable):
            for row in model.objects.published():
                found += [Link(url, row) for url in urls_of(model, snapshot.take(row))]
    ours = urlsplit(settings.SITE_URL).netloc
    return [link for link in dict.fromkeys(found) if host_of(link.url) != ours]


def urls_of(model, data):
    """Return the full addresses that the texts of a snapshot link to."""
    texts = (
        text
        for _part, _model, told in snapshot.texts_by_language(model, data)
        for of_one in told.values()
        for text in of_one.values()
    )
    targets = [target for text in texts for _match, _words, target in links_of(text)]
    return [target for target in targets if target.lower().startswith(("http://", "https://"))]


def host_of(url):
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def faults(urls, pace, allow_private=False):
    """Ask for every address once and return {url: what is wrong} of those that do not lead to a page.

    Hosts are asked side by side, at most four, each for one address at a time with a pause in between. What the
    time does not suffice for is named as not asked.
    """
    end = time.monotonic() + pace.total
    by_host = defaultdict(list)
    for url in dict.fromkeys(urls):
        by_host[host_of(url)].append(url)

    def ask_host(its_urls):
        answers = {}
        for number, url in enumerate(its_urls):
            if number:
                time.sleep(pace.pause)
            answers[url] = "not asked: out of time" if time.monotonic() > end else fault(url, pace, allow_private)
        return answers

    with ThreadPoolExecutor(AT_ONCE) as several:
        found = list(several.map(ask_host, by_host.values()))
    return {url: wrong for answers in found for url, wrong in answers.items() if wrong}


def fault(url, pace, allow_private):
    """Return in a few words why an address leads to no page, "" where it does."""
    status = 0
    try:
        status = ask(url, "HEAD", pace, allow_private)
        if status in NOT_THIS_WAY:
            time.sleep(pace.pause)
            status = ask(url, "GET", pace, allow_private)
    except (Unreachable, OSError, http.client.HTTPException, ValueError) as error:
        return " ".join(str(getattr(error, "reason", error)).split())[:120] or type(error).__name__
    return f"answers {status}" if status >= 300 else ""


def ask(url, method, pace, allow_private):
    """Return the status of an address after up to five redirects. The page itself is not read."""
    agent = f"recruit-site link check (+{settings.SITE_URL})"
    request = urllib.request.Request(iri_to_uri(url), method=method, headers={"User-Agent": agent})  # noqa: S310
    opener = urllib.request.OpenerDirector()
    for handler in (
        Guard(allow_private),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.UnknownHandler(),  # says no to every scheme but these two
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    try:
        with opener.open(request, timeout=pace.timeout) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


class Guard(urllib.request.HTTPRedirectHandler):
    """Lets no question through to this machine or its own network, at first or after a redirect."""

    max_redirections = REDIRECTS

    def __init__(self, allow_private):
        self.allow_private = allow_private

    def http_request(self, request):
        if not self.allow_private:
            refuse_private(request.host)
        return request

    https_request = http_request


def refuse_private(host):
    """Raise Unreachable where a host's name leads to an address that is not of the public web."""
    name = urlsplit(f"//{host}").hostname or ""
    for *_kind, address in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(address[0].partition("%")[0]).is_global:
            raise Unreachable("leads into a private network")

"""The check of links from live content to other sites. It runs slowly, and only by the command check_links."""

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
from recruit_site.editorial_checks.rules.links import links_of

AT_ONCE = 4
REDIRECTS = 5
#: Statuses of servers that do not support or allow HEAD: the request is repeated as GET.
NOT_THIS_WAY = {400, 403, 404, 405, 406, 500, 501, 503}


class Link(NamedTuple):
    """A URL of another site, and the row whose text contains it."""

    url: str
    row: object


class Unreachable(Exception):
    """A URL that must not be requested; the message says why."""


class Pace(NamedTuple):
    """Times in seconds: the limit of one response, the pause between requests to a host, the limit of the whole run."""

    timeout: float = 10
    pause: float = 1
    total: float = 300


def web_links():
    """Return the Links to other sites in all that readers see: source documents and the texts of live content."""
    links = [Link(source.url, source) for source in Source.objects.exclude(url="")]
    for model in apps.get_models():
        if issubclass(model, Publishable):
            for row in model.objects.published():
                links += [Link(url, row) for url in urls_of(model, snapshot.take_snapshot(row))]
    own_host = urlsplit(settings.SITE_URL).netloc
    return [link for link in dict.fromkeys(links) if host_of(link.url) != own_host]


def urls_of(model, data):
    """Return the http and https URLs that the texts of a snapshot link to."""
    texts = (
        text
        for _part, _model, texts_of_unit in snapshot.texts_by_language(model, data)
        for texts_of_language in texts_of_unit.values()
        for text in texts_of_language.values()
    )
    targets = [target for text in texts for _match, _words, target in links_of(text)]
    return [target for target in targets if target.lower().startswith(("http://", "https://"))]


def host_of(url):
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def link_errors(urls, pace, allow_private=False):
    """Request every URL once and return {url: reason} for the URLs that do not lead to a page.

    At most four hosts are requested at once, each for one URL at a time with a pause in between. A URL for which no
    time is left is reported as not asked.
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
            answers[url] = "not asked: out of time" if time.monotonic() > end else link_error(url, pace, allow_private)
        return answers

    with ThreadPoolExecutor(AT_ONCE) as pool:
        faults_by_host = list(pool.map(ask_host, by_host.values()))
    return {url: reason for faults_of_host in faults_by_host for url, reason in faults_of_host.items() if reason}


def link_error(url, pace, allow_private):
    """Return a few words on why a URL leads to no page, "" if it leads to one."""
    status = 0
    try:
        status = request_status(url, "HEAD", pace, allow_private)
        if status in NOT_THIS_WAY:
            time.sleep(pace.pause)
            status = request_status(url, "GET", pace, allow_private)
    except (Unreachable, OSError, http.client.HTTPException, ValueError) as error:
        return " ".join(str(getattr(error, "reason", error)).split())[:120] or type(error).__name__
    return f"answers {status}" if status >= 300 else ""


def request_status(url, method, pace, allow_private):
    """Return the HTTP status of a URL after up to five redirects. The body of the response is not read.

    Raises Unreachable, or what urllib raises.
    """
    agent = f"recruit-site link check (+{settings.SITE_URL})"
    request = urllib.request.Request(iri_to_uri(url), method=method, headers={"User-Agent": agent})  # noqa: S310
    opener = urllib.request.OpenerDirector()
    for handler in (
        PrivateNetworkGuard(allow_private),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.UnknownHandler(),  # refuses every scheme but http and https
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


class PrivateNetworkGuard(urllib.request.HTTPRedirectHandler):
    """A handler that refuses requests to this machine and its private network, also after a redirect."""

    max_redirections = REDIRECTS

    def __init__(self, allow_private):
        self.allow_private = allow_private

    def http_request(self, request):
        if not self.allow_private:
            refuse_private(request.host)
        return request

    https_request = http_request


def refuse_private(host):
    """Raise Unreachable if a host's name resolves to an IP address outside of the public internet."""
    name = urlsplit(f"//{host}").hostname or ""
    for *_kind, address in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(address[0].partition("%")[0]).is_global:
            raise Unreachable("leads into a private network")

"""The same page from every server, in turn: how many requests it can answer, and how long they take at a given rate."""

import json
import statistics
from contextlib import ExitStack, contextmanager
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.bench import load, machine, servers
from tests.bench.wagtail_site import wagtail

ROUNDS = 5
SECONDS, SECONDS_QUICK = 3, 1
PACED, PACED_QUICK = 4, 1
CONNECTIONS = (1, 4, 16, 64)
CONNECTIONS_QUICK = (1, 4, 16)
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
SHARES_QUICK = (0.5, 0.9)
#: How the servers are called in the results.
STORED, RENDERED, HELLO, WAGTAIL, NGINX = "stored", "rendered", "hello-world", "Wagtail", "nginx"


class Text(HTMLParser):
    """The text that a reader sees of a page."""

    def __init__(self, html):
        super().__init__()
        self.found, self.hidden = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in {"script", "style", "title"}

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style", "title"}

    def handle_data(self, data):
        if not self.hidden:
            self.found.append(" ".join(data.split()))


@contextmanager
def all_servers(folder):
    """Run every server; yields {name: address of the page} and what the page is in each."""
    with ExitStack() as running:
        stored = running.enter_context(servers.site(folder))
        rendered = running.enter_context(servers.site(folder, **servers.OFF))
        content = json.loads(stored.get("/api/content.json").body)["content"]
        interview = max(content["interview"], key=lambda one: len(json.dumps(one["answers"])))
        path = urlsplit(interview["url"]["ja"]).path
        menu = [piece["title"]["ja"] for piece in content["topic"]]
        body = servers.fetched(stored.url + path)[1]
        urls = {
            STORED: stored.url + path,
            RENDERED: rendered.url + path,
            HELLO: running.enter_context(servers.hello(len(body))),
            WAGTAIL: running.enter_context(wagtail(folder, interview, menu, text_of(stored.url + path))),
        }
        page = servers.fetched(stored.url + path, "identity")[1]
        workers = machine.settings().get("workers", 1)
        limit, origin = running.enter_context(servers.nginx(folder, stored, path, page, workers))
        if limit:
            urls[NGINX] = limit
        yield urls, {"path": path, "nginx": origin, "answers": {name: said(url) for name, url in urls.items()}}


def said(url):
    """Return what an answer to a browser holds: bytes on the way, coding, headers of its own, bytes of text."""
    headers, body = servers.fetched(url)
    own = [name for name in headers if name not in {"Server", "Date", "Connection"}]
    coding = headers.get("Content-Encoding", "identity")
    return {"bytes": len(body), "coding": coding, "headers": len(own), "bytes of text": text_of(url)}


def text_of(url):
    """Return how many bytes of text a page shows."""
    return len("".join(Text(servers.fetched(url, "identity")[1].decode()).found).encode())


def measured(folder, quick):
    """Return requests per second and latencies of every server."""
    with all_servers(folder) as (urls, page):
        for url in urls.values():
            load.saturated(url, 1)  # every worker has made its page, every template is compiled
        seconds = SECONDS_QUICK if quick else SECONDS
        runs = load.in_turn(urls, ROUNDS, lambda url: load.saturated(url, seconds))
        rates = load.medians(runs)
        half = rates[STORED] / 2
        pace = PACED_QUICK if quick else PACED
        paced = {name: urls[name] for name in (STORED, HELLO)}
        at_half = load.in_turn(paced, ROUNDS, lambda url: load.paced(url, half, pace))
        return {
            "page": page,
            "throughput": {"rates": rates, "runs": runs, "by connections": by_connections(urls, quick)},
            "latency": {
                "rate": half,
                "p99": {name: statistics.median(one["p99"] for one in found) for name, found in at_half.items()},
                "runs": at_half,
                "by rate": by_rate({name: urls[name] for name in (STORED, HELLO, RENDERED, WAGTAIL)}, rates, quick),
            },
        }


def by_connections(urls, quick):
    """Return {name: [(connections, requests per second)]}."""
    numbers = CONNECTIONS_QUICK if quick else CONNECTIONS
    return {name: [(number, load.saturated(url, 1, number)) for number in numbers] for name, url in urls.items()}


def by_rate(urls, rates, quick):
    """Return {name: [latencies]} at shares of what each server can answer."""
    shares, seconds = (SHARES_QUICK, 1) if quick else (SHARES, 2)
    return {name: [load.paced(url, share * rates[name], seconds) for share in shares] for name, url in urls.items()}

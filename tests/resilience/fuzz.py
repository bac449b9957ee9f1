"""Hostile requests to a live server: each response is complete, in time, the site's own, and no server error."""

import json
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import HealthCheck, given, settings

from tests import services
from tests.http_editor import Publisher
from tests.live_site import running
from tests.resilience import NOTHING, Row, hostile_requests, wire

#: The most seconds that `make resilience` allows for a request, on a machine that also does other work.
WITHIN = 5
#: An error page of the site.
OWN_PAGE = re.compile(rb"<html lang=.*<h1[ >].*</html>", re.DOTALL)
#: Gunicorn's own error page for a request that it cannot parse.
BARE_PAGE = re.compile(rb"<html>\s+<head>\s+<title>[\w -]+</title>\s+</head>\s+<body>\s+<h1>.*</html>\s*", re.DOTALL)
#: A request for the only path whose errors are not pages, because programs read it.
FOR_PROGRAMS = re.compile(rb"\S+ /metrics[ ?]")


class Target:
    """A live server with its log. It watches every `every`-th page of the sitemap for changes."""

    def __init__(self, site, log, every=1):
        self.site, self.log = site, log
        self.port = urlsplit(site.url).port
        paths = site.paths
        self.known = [*paths, *(f"/{route}" for route in (*hostile_requests.routes(), *hostile_requests.IN_FRONT))]
        self.watched = paths[::every]
        self.pages = self.read()
        self.slowest = 0.0

    def read(self):
        """Return {path: Response} of the watched pages, from ordinary requests."""
        return {path: self.site.get(path) for path in self.watched}

    def judge(self, request):
        """Send a Request. Raises AssertionError where a response breaks a rule."""
        answers, seconds = wire.exchange(self.port, request.sent)
        self.slowest = max(self.slowest, seconds)
        assert len(answers) <= request.most, f"{len(answers)} answers to one request"
        assert answers or not request.whole, "no answer"
        for answer in answers:
            assert answer.status < 500 or answer.status == 501, f"status {answer.status}"  # 501: RFC 9112, 6.1
            assert b"Traceback (most recent" not in answer.content, "a traceback"
            assert "x-injected" not in answer.headers, "a header of the reader's"
            if answer.status >= 400 and answer.body:
                page = OWN_PAGE.search(answer.content) or BARE_PAGE.fullmatch(answer.content)
                assert page or FOR_PROGRAMS.match(request.sent), f"{answer.status}, no page"

    def failures(self):
        """Return the lines of the log about failures of the code. A refused request is no failure."""
        return [line for line in self.log.read_text().splitlines() if failed(line)]

    def changed(self):
        """Return the paths of the watched pages whose responses have changed."""
        now = self.read()
        return [path for path in self.watched if now[path] != self.pages[path]]


def failed(line):
    try:
        entry = json.loads(line)
    except ValueError:
        return "Traceback" in line
    return entry["level"] in {"ERROR", "CRITICAL"} and not entry["logger"].startswith("django.security")


@contextmanager
def target(database=None, every=1, **more):
    """Run the site with BEHIND_PROXY, so that it trusts the headers of proxies, and yield its Target.

    `database` is an SQLite file with content to copy; without it the site gets a new database. `more` are further
    settings.
    """
    settings = {"BEHIND_PROXY": "true", "METRICS_TOKEN": "x" * 50, "LOG_FORMAT": "json"} | more
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("w") as stderr, running(folder, database, stderr, **settings) as site:
            yield Target(site, log, every)


def attack(target, examples, repeatable=False, cookies=""):
    """Send `examples` hostile requests, every third of them with the Cookie header `cookies` of a signed-in editor.

    Raises the error of the shortest failing request that Hypothesis finds. `repeatable` makes each run the same.
    """

    @settings(
        max_examples=examples,
        derandomize=repeatable,
        database=None,
        deadline=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_requests.requests(target.known, cookies))
    def judge(request):
        target.judge(request)

    judge()


def run(examples=10_000):
    rows = [attacked("SQLite", examples)]
    if services.postgresql():
        with services.database() as database:
            rows.append(attacked("PostgreSQL", examples, DATABASE_URL=database.url))
    else:
        rows.append(Row("hostile requests (PostgreSQL)", "0", "", services.missing()))
    return rows


def attacked(kind, examples, **more):
    """Return the Row of an attack on a site with one kind of database. Each kind refuses other values."""
    with target(WEB_CONCURRENCY="2", **more) as there:
        cookies = Publisher(there.site).editor.cookies
        try:
            attack(there, examples, cookies="; ".join(f"{name}={value}" for name, value in cookies.items()))
            lost = NOTHING
        except (AssertionError, wire.Malformed, OSError) as error:
            lost = "; ".join([str(error).splitlines()[0], *getattr(error, "__notes__", [])])
        failures, changed = there.failures(), there.changed()
    said = f"{len(failures)} failures in the log, {len(changed)} of {len(there.watched)} pages changed by it"
    slow = [f"answered after {there.slowest:.1f} s"] if there.slowest > WITHIN else []
    if lost == NOTHING and (failures or changed or slow):
        lost = (failures + changed + slow)[0]
    tried = f"hostile requests, every third of an editor: addresses, queries, methods, headers, framing ({kind})"
    return Row(tried, f"{examples:,}", lost, said)

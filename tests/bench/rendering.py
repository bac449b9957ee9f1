"""What every kind of page costs Django: queries, and the processor's time, with few and with many pieces.

Two processes (`python -m tests.bench.rendering 30` and `… 30000`), each on a copy of the prepared database, are
asked for each page in turn, so that a slow minute of the machine is the same for both. They ask through the whole of
Django without the page store in front. Other work on the machine adds little to these times.
"""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench import servers
from tests.live_site import ROOT

FEW, MANY, MANY_QUICK = 30, 30_000, 3000
ROUNDS, ROUNDS_QUICK = 15, 5
#: A page that takes longer than this, in seconds, is asked once.
SLOW = 1
#: Besides the kinds of pages: the further parts of lists, and a search.
BESIDES = {
    "interviews, page 2": "interviews/?page=2",
    "questions, page 2": "faq/?page=2",
    "search for a word": "search/?q=留学",
}


def measured(folder, quick):
    """Return {kind: {number: cost}} of pages in both languages, and how much content there was; numbers as texts."""
    numbers = [FEW, MANY_QUICK if quick else MANY]
    with ExitStack() as running:
        sites = {str(number): running.enter_context(process(folder, number)) for number in numbers}
        content = {number: ask(site, "") for number, site in sites.items()}
        pages = {name: {"path": path} for name, path in ask(sites[str(FEW)], "paths").items()}
        for page in pages.values():
            page |= {number: ask(site, page["path"]) for number, site in sites.items()}
            rounds = 0 if any(slow(page[number]) for number in sites) else ROUNDS_QUICK if quick else ROUNDS
            times = {number: [] for number in sites}
            for _round in range(rounds):
                for number, site in sites.items():
                    times[number].append(ask(site, page["path"]))
            for number in sites if rounds else ():
                for name in ("ms", "first ms"):
                    page[number][name] = round(statistics.median(time[name] for time in times[number]), 2)
    return {"content": content, "pages": pages, "numbers": numbers}


def slow(cost):
    return cost is None or cost["ms"] > 1000 * SLOW


@contextmanager
def process(folder, number):
    """Run a process on a copy of the prepared database in which so many pieces are made."""
    copy = Path(folder) / f"rendering-{number}"
    copy.mkdir()
    with sqlite3.connect(Path(folder) / "db.sqlite3") as prepared, sqlite3.connect(copy / "db.sqlite3") as other:
        prepared.backup(other)
    environment = servers.environment(copy, ALLOWED_HOSTS="testserver", DJANGO_SETTINGS_MODULE="recruit_site.settings")
    command = [sys.executable, "-m", __spec__.name, str(number)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as running:
        yield running
        running.stdin.close()


def ask(running, line):
    print(line, file=running.stdin, flush=True)
    return json.loads(running.stdout.readline())


def paths():
    """Return {name: path} of an example of every kind of page that readers see, in both languages."""
    from django.test import Client
    from django.urls import reverse

    from recruit_site.urls import SITEMAPS

    listed = [
        line.partition("<loc>http://testserver")[2].partition("<")[0]
        for section in SITEMAPS
        for line in Client().get(reverse("sitemap_file", args=(section,))).text.replace("><", ">\n<").splitlines()
        if line.startswith("<loc>")
    ]
    known = kinds.examples(listed)
    found = {str(kind): kinds.address(kind, known) for kind in kinds.kinds() if not kind.signed_in}
    found = {name: path for name, path in found.items() if name.rpartition("-")[0] not in kinds.ERRORS}
    found |= {f"{name}-{code}": f"/{code}/{path}" for name, path in BESIDES.items() for code in kinds.LANGUAGES}
    return {name: path for name, path in found.items() if path}


def cost(path):
    """Return the queries of a page, those where nothing is kept of it, and its milliseconds; None for no such page.

    The first time counts for what is asked once after a change; the cost is that of the next time.
    """
    from django.test import Client

    from recruit_site.delivery import version

    client = Client()
    version.forget()
    status, first, spent_first = asked(client, path)
    if status != 200:
        return None
    _status, queries, spent = asked(client, path)
    return {"queries": queries, "first": first, "ms": round(1000 * spent, 2), "first ms": round(1000 * spent_first, 2)}


def asked(client, path):
    """Ask once and return (status, number of queries, seconds of the processor)."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    reset_queries()  # the log is of limited length
    with CaptureQueriesContext(connection) as captured:
        start = time.process_time()
        response = client.get(path)
        spent = time.process_time() - start
        return response.status_code, len(captured), spent


def main(number):
    """Answer each line of the input with JSON: what there is, for none; the paths of the site; the cost of a path."""
    import django

    django.setup()
    from tests.bench.content import fill

    content = fill(number)
    for line in map(str.strip, sys.stdin):
        said = cost(line) if line.startswith("/") else paths() if line else content
        print(json.dumps(said), flush=True)


def summary(found):
    """Return what the limits are held against: the dearest page, the greatest growth, and where they are."""
    few, many = map(str, found["numbers"])
    pages = {name: page for name, page in found["pages"].items() if page[few] and page[many]}
    queries = max(pages, key=lambda name: max(pages[name][few]["queries"], pages[name][many]["queries"]))
    first = max(pages, key=lambda name: max(pages[name][few]["first"], pages[name][many]["first"]))
    growth = {name: page[many]["ms"] / page[few]["ms"] for name, page in pages.items()}
    growth_first = {name: page[many]["first ms"] / page[few]["first ms"] for name, page in pages.items()}
    slowest, slowest_first = max(growth, key=growth.get), max(growth_first, key=growth_first.get)
    return {
        "most queries": max(pages[queries][few]["queries"], pages[queries][many]["queries"]),
        "most queries on": pages[queries]["path"],
        "most at first": max(pages[first][few]["first"], pages[first][many]["first"]),
        "most at first on": pages[first]["path"],
        "differing": {
            page["path"]: [page[few]["queries"], page[many]["queries"]]
            for page in pages.values()
            if page[few]["queries"] != page[many]["queries"]
        },
        "growth": round(growth[slowest], 2),
        "growth on": pages[slowest]["path"],
        "growth at first": round(growth_first[slowest_first], 2),
        "growth at first on": pages[slowest_first]["path"],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruit_site.settings")
    main(int(sys.argv[1]))

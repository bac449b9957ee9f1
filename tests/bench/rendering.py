"""The queries and the processor time of each page without the page cache.

Two processes (`python -m tests.bench.rendering new` and `… ten-years`), each on a database of its own, have one page of
each list, and ten years of content. Both render each page in turn, so a slow minute of the machine affects both alike.
Other work on the machine adds little to processor time.
"""

import json
import multiprocessing
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import page_kinds
from tests.bench import Limit
from tests.live_site import ROOT, environment, prepare

OWN, NEW, TEN_YEARS = "own", "new", "ten-years"
ROUNDS, ROUNDS_QUICK = 9, 3
#: Pages that neither the sitemap nor tests.page_kinds has: second pages of lists, and a search.
BESIDES = ("interviews/?page=2", "faq/?page=2", "notices/?page=2", "search/?q=留学")
QUERIES, MEDIAN, GROWTH = 20, 20, 1.5
#: One client for all requests of a process, because each new client loads the middleware again.
client = Client()


def run(quick):
    with tempfile.TemporaryDirectory() as folder, process(folder, NEW) as new, process(folder, TEN_YEARS) as later:
        sites, pages = {NEW: new, TEN_YEARS: later}, {}
        for path in ask(new, "paths")[:: 5 if quick else 1]:
            pages[path] = {name: {"queries": ask(site, "queries", path)} for name, site in sites.items()}
        for path, figures in pages.items():
            times = {name: [] for name in sites}
            for _round in range(1 + (ROUNDS_QUICK if quick else ROUNDS)):
                for name, site in sites.items():
                    times[name].append(ask(site, "milliseconds", path))
            for name in sites:  # the first request compiles templates
                figures[name]["ms"] = round(statistics.median(times[name][1:]), 2)
    return limits(pages), pages


def limits(pages):
    """Return the Limits of {path: {site: {"queries": [first request, second request], "ms": median}}}."""
    most = {path: max(found[NEW]["queries"]) for path, found in pages.items()}
    dearest = max(most, key=most.get)
    times = {path: found[NEW]["ms"] for path, found in pages.items()}
    slowest = max(times, key=times.get)
    other = [path for path, found in pages.items() if found[NEW]["queries"] != found[TEN_YEARS]["queries"]]
    growth = {
        path: found[TEN_YEARS]["ms"] / found[NEW]["ms"] for path, found in pages.items() if "/search/" not in path
    }  # has limits of its own
    grown = max(growth, key=growth.get)
    note = f"{dearest}; {len(pages)} pages in both languages, also as the first request of a process"
    at_most = f"at most {times[slowest]:.1f} ms, {slowest}"
    return [
        Limit("rendered: queries of a page, at most", most[dearest], QUERIES, note=note),
        Limit("rendered: median of all pages", statistics.median(times.values()), MEDIAN, unit="ms", note=at_most),
        Limit("after ten years: pages with another number of queries", len(other), 0, note=", ".join(other[:5])),
        Limit("after ten years: time of a page, at most", growth[grown], GROWTH, unit="times", note=grown),
    ]


@contextmanager
def process(folder, content):
    """Run this module as a process of its own with one kind of content, and yield the process."""
    folder = Path(folder) / content
    folder.mkdir()
    settings = {"ALLOWED_HOSTS": "testserver", "SITE_URL": "http://testserver", "PAGE_CACHE_MB": "off"}
    variables = environment(folder, DJANGO_SETTINGS_MODULE="recruit_site.settings", **settings)
    prepare(folder, variables)
    command = [sys.executable, "-m", "tests.bench.rendering", content]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=variables, stderr=log, **pipes) as running,
    ):
        try:
            yield running
        finally:
            running.stdin.close()
            if running.wait():
                print((folder / "log").read_text()[-2000:], file=sys.stderr)


def ask(running, question, *arguments):
    """Call one of QUESTIONS in a process and return its result."""
    print(json.dumps([question, *arguments]), file=running.stdin, flush=True)
    if not (reply := running.stdout.readline()):
        raise RuntimeError(f"no answer to {question} {arguments}")
    return json.loads(reply)


def paths():
    """Return the paths of the pages in the sitemap, in tests.page_kinds and in BESIDES, in both languages."""

    def listed(file):
        return re.findall(r"<loc>http://testserver(.*?)</loc>", client.get(file).text)

    pages = [path for file in listed("/sitemap.xml") for path in listed(file)]
    besides = (*page_kinds.BESIDES.values(), *BESIDES)
    return [*pages, *(f"/{language}/{path}" for path in besides for language in page_kinds.LANGUAGES)]


def queries(path):
    """Return the numbers of queries of the first and the second request for a page."""
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            milliseconds(path)
        counts.append(len(captured))
    return counts


def milliseconds(path):
    """Return the processor time of a page in milliseconds."""
    began = time.process_time()
    response = client.get(path)
    spent = time.process_time() - began
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return 1000 * spent


def entries():
    """Return the number of Japanese entries that the search scans."""
    from recruit_site.search.models import SearchEntry

    return SearchEntry.objects.filter(language="ja").count()


QUESTIONS = {"paths": paths, "queries": queries, "milliseconds": milliseconds, "entries": entries}


def main(content):
    """Read lines of JSON, [name in QUESTIONS, argument, …], and write each result as a line of JSON."""
    django.setup()
    from tests.bench.content import fill

    if content != OWN:
        fill(content == TEN_YEARS)
    for question, *arguments in map(json.loads, sys.stdin):
        if question == "milliseconds":
            result = milliseconds(*arguments)
        else:  # in a new process, which has not rendered any page yet
            connections.close_all()
            with multiprocessing.get_context("fork").Pool(1) as pool:
                result = pool.apply(QUESTIONS[question], arguments)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

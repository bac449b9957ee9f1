"""What every kind of page costs Django: queries, and the processor's time, with few and with many pieces.

A process of its own (`python -m bench.delivery.rendering 30 30000`) on a copy of the prepared database; it asks
through the whole of Django without the page store in front. Other work on the machine adds little to these times.
"""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.delivery import servers
from judges.site import ROOT

FEW, MANY, MANY_QUICK = 30, 30_000, 3000
ROUNDS, ROUNDS_QUICK = 15, 5
#: A page that takes longer than this, in seconds, is asked once.
SLOW = 1
#: Besides the kinds of pages that the judges know: the further parts of lists, and a search.
BESIDES = {
    "interviews, page 2": "interviews/?page=2",
    "questions, page 2": "faq/?page=2",
    "search for a word": "search/?q=留学",
}


def measured(folder, quick):
    """Return {kind: {number: {queries, ms}}} of pages in both languages, and how much content there was."""
    copy = Path(folder) / "rendering"
    copy.mkdir()
    with sqlite3.connect(Path(folder) / "db.sqlite3") as prepared, sqlite3.connect(copy / "db.sqlite3") as other:
        prepared.backup(other)
    environment = servers.environment(copy, ALLOWED_HOSTS="testserver", DJANGO_SETTINGS_MODULE="recruit_site.settings")
    numbers = [FEW, MANY_QUICK if quick else MANY]
    command = [sys.executable, "-m", __spec__.name, *map(str, numbers), str(ROUNDS_QUICK if quick else ROUNDS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout) | {"numbers": numbers}


def paths():
    """Return {name: path} of an example of every kind of page that readers see, in both languages."""
    from django.test import Client
    from django.urls import reverse

    from judges import kinds
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


def cost(path, rounds):
    """Return the queries of a page and the median of its milliseconds, None where there is no such page."""
    from django.test import Client

    client = Client()
    status, queries, spent = asked(client, path)
    if status != 200:
        return None
    times = [spent]
    if spent < SLOW:
        queries = asked(client, path)[1]  # without what is only asked once in a process
        times = [asked(client, path)[2] for _round in range(rounds)]
    return {"queries": queries, "ms": round(1000 * statistics.median(times), 2)}


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


def main(numbers, rounds):
    import django

    django.setup()
    from bench.delivery.content import fill

    known, pages, content = paths(), {}, {}
    for number in numbers:
        content[number] = fill(number)
        for name, path in known.items():
            pages.setdefault(name, {"path": path})[number] = cost(path, rounds)
    json.dump({"content": content, "pages": pages}, sys.stdout)


def summary(found):
    """Return what the limits are held against: the dearest page, the greatest growth, and where they are."""
    few, many = map(str, found["numbers"])
    pages = {name: page for name, page in found["pages"].items() if page[few] and page[many]}
    queries = max(pages, key=lambda name: max(pages[name][few]["queries"], pages[name][many]["queries"]))
    growth = {name: page[many]["ms"] / page[few]["ms"] for name, page in pages.items()}
    slowest = max(growth, key=growth.get)
    return {
        "most queries": max(pages[queries][few]["queries"], pages[queries][many]["queries"]),
        "most queries on": pages[queries]["path"],
        "differing": {
            page["path"]: [page[few]["queries"], page[many]["queries"]]
            for page in pages.values()
            if page[few]["queries"] != page[many]["queries"]
        },
        "growth": round(growth[slowest], 2),
        "growth on": pages[slowest]["path"],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruit_site.settings")
    *several, turns = map(int, sys.argv[1:])
    main(several, turns)

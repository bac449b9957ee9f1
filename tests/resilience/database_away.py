"""Outages of the database under load: published pages stay readable, and the rest is back soon after the database."""

import json
import subprocess
import tempfile
import time
from collections import Counter

from tests import services
from tests.http_readers import reading
from tests.live_site import running
from tests.resilience import Row, lost

READERS = 4
#: The most seconds after the database's start until the admin site and the search answer again.
BACK_WITHIN = 2.0


def run(times=5, seconds=10):
    if not services.postgresql():
        return [Row("the database stopped under load", "0", "", services.missing())]
    with (
        tempfile.TemporaryDirectory() as folder,
        services.database() as database,
        # One worker process, because each process has its own page cache.
        running(folder, stderr=subprocess.DEVNULL, DATABASE_URL=database.url, WEB_CONCURRENCY="1") as site,
    ):
        return outages(site, database, times, seconds)


def outages(site, database, times, seconds):
    before = {path: site.get(path).body.encode() for path in site.paths}
    counts, back = Counter(), []

    def tell(path, _asked, status, body):
        counts["requests"] += 1
        counts["failed"] += (status, body) != (200, before[path])

    with reading(site.url, READERS, before, tell):
        for number in range(times):
            database.stop()
            end = time.monotonic() + seconds
            try:
                while time.monotonic() < end:
                    answer = site.get("/admin/login/")
                    counts["admin"] += 1
                    counts["wrong"] += (answer.status, "データベース" in answer.body) != (503, True)
                    time.sleep(0.5)
                counts["wrong"] += json.loads(site.get("/healthz").body) != {"status": "degraded"}
            finally:
                database.start()
            back.append(seconds_until_back(site, number))
    late = sum(one > BACK_WITHIN for one in back)
    said = f"at the latest after {max(back):.2f} s"
    tried = "the database stopped under load: published pages"
    return [
        Row(tried, f"{times} × {seconds} s, {counts['requests']:,} requests", lost(counts["failed"], "requests")),
        Row("… the admin says that it is away", f"{counts['admin']} requests", lost(counts["wrong"], "answers")),
        Row("… admin and search are back within 2 s, without a restart", f"{times}", lost(late, "returns"), said),
    ]


def seconds_until_back(site, number):
    """Return the seconds until the admin site and a search that no cache holds answer again, at most 60."""
    began = time.monotonic()
    while time.monotonic() < began + 60:
        if site.get("/admin/login/").status == site.get(f"/ja/search/?q={number}").status == 200:
            break
        time.sleep(0.05)
    return time.monotonic() - began

"""The database is stopped under load: what is published is read on, and all of it comes back with the database."""

import json
import tempfile
import time
from collections import Counter
from contextlib import ExitStack

from tests import services
from tests.resilience import readers, sites
from tests.resilience.rows import Row, lost

READERS = 4
#: Seconds within which everything must be back.
BACK_WITHIN = 2.0
#: A page that nobody read before, so that it needs the database.
UNREAD = "/ja/search/?q={}"


def run(times=5, seconds=10):
    tried = "the database stopped under load: published pages"
    if not services.postgresql():
        return [Row(tried, "0", "", services.missing())]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(services.database())
        # One process: what it has read before the outage is what it has.
        site = stack.enter_context(sites.running(folder, DATABASE_URL=database.url, WEB_CONCURRENCY="1"))
        return outages(tried, site, database, times, seconds)


def outages(tried, site, database, times, seconds):
    pages = site.paths
    before = {path: site.get(path).body.encode() for path in pages}
    said, away, wrong, back = Counter(), Counter(), Counter(), []

    def tell(path, _asked, _seconds, status, body):
        said["requests"] += 1
        said["failed"] += (status, body) != (200, before[path])

    crowd = [readers.Reader(readers.plain(site.url), paths, tell) for paths in readers.rotated(pages, READERS)]
    with readers.reading(crowd):
        for number in range(times):
            database.stop()
            end = time.monotonic() + seconds
            try:
                while time.monotonic() < end:
                    answer = site.get("/admin/login/")
                    away["admin"] += 1
                    wrong["admin"] += (answer.status, "データベース" in answer.body) != (503, True)
                    time.sleep(0.5)
                wrong["healthz"] += json.loads(site.get("/healthz").body) != {"status": "degraded"}
            finally:
                database.start()
            back.append(returned(site, number))
    longest = max(back)
    late = sum(one > BACK_WITHIN for one in back)
    return [
        Row(tried, f"{times} × {seconds} s, {said['requests']:,} requests", lost(said["failed"], "requests")),
        Row(
            "… the admin says that the database is away",
            f"{away['admin']} requests",
            lost(sum(wrong.values()), "answers"),
        ),
        Row(
            "… admin and search are back within 2 s of its return, without a restart",
            f"{times}",
            lost(late, "returns later than that"),
            f"at the latest after {longest:.2f} s",
        ),
    ]


def returned(site, number):
    """Return the seconds until all answers as before."""
    began = time.monotonic()
    while time.monotonic() < began + 60:
        if site.get("/admin/login/").status == site.get(UNREAD.format(number)).status == 200:
            break
        time.sleep(0.05)
    return time.monotonic() - began

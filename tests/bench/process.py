"""The memory of a worker after a crawl, and the seconds from the start of the site to its first response."""

import http.client
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench import Limit
from tests.live_site import GUNICORN, ROOT, environment, memory_of_workers, prepare, running, send
from tests.page_kinds import BESIDES, LANGUAGES

#: The shell command with which `make serve` and the container start the site.
START = f'"$0" manage.py prepare && exec "$0" {" ".join(GUNICORN[1:])}'
TRIES, TRIES_QUICK = 5, 2
MEMORY, SECONDS = 120, 3


def run(quick):
    with tempfile.TemporaryDirectory() as folder, running(folder, stderr=subprocess.DEVNULL) as site:
        paths = [*site.paths, *(f"/{language}/{path}" for path in BESIDES.values() for language in LANGUAGES)]
        for path in paths:  # all by the only worker
            site.get(path)
        memory = max(memory_of_workers(site))
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder, environment(folder))
        # The first start does not count, because it warms up the machine's caches.
        starts = [seconds_to_first_answer(folder) for _try in range(1 + (TRIES_QUICK if quick else TRIES))][1:]
    what = "memory of a worker after a crawl (RSS)"
    return [
        Limit(what, memory, MEMORY, unit="MB", note=f"{len(paths)} pages"),
        Limit("start to the first answer", statistics.median(starts), SECONDS, unit="s"),
    ], {"starts": starts}


def seconds_to_first_answer(folder):
    """Start the site on an existing database and return the seconds until the home page answers."""
    variables, began = environment(folder), time.monotonic()
    server = subprocess.Popen(["sh", "-c", START, sys.executable], cwd=ROOT, env=variables, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            try:
                if send(f"{variables['SITE_URL']}/ja/").status == 200:
                    return time.monotonic() - began
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
        raise RuntimeError(f"the site ended with status {server.returncode} while it started")
    finally:
        server.terminate()
        server.wait(timeout=30)

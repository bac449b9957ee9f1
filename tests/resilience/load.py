"""Minutes under load with an editor who publishes all the while: no error, no old page, no more memory."""

import statistics
import subprocess
import tempfile
import threading
from contextlib import contextmanager

from tests import wrk
from tests.http_editor import Publisher
from tests.http_readers import EVERY, watching
from tests.live_site import memory_of_workers, running
from tests.resilience import Row, lost

#: Of what the server can answer at most.
SHARE = 0.7
#: Seconds within which every process shows a change.
SEEN_WITHIN = 2.0
#: By how much memory may differ between the beginning, once every page was read, and the end.
FLAT = 1.1


def run(minutes=10):
    seconds = round(minutes * 60)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(folder, stderr=subprocess.DEVNULL, WEB_CONCURRENCY="2") as site,
    ):
        pages = site.paths
        possible = wrk.load(site.url, min(10, seconds), paths=pages)["rate"]
        pause = 1000 * wrk.CONNECTIONS / (SHARE * possible)
        with watching(Publisher(site), site.url) as watch, weighing(site) as weights:
            found = wrk.load(site.url, seconds, pause=pause, paths=pages)
    said = f"{found['rate']:,.0f}/s of the {possible:,.0f}/s that are possible; "
    said += f"p50 {found['p50']:.1f}, p99 {found['p99']:.0f} ms"
    tried = f"{minutes:g} minutes of load at {SHARE:.0%} or less"
    fifth = max(1, len(weights) // 5)
    first, last = statistics.median(weights[fifth : 2 * fifth] or weights), statistics.median(weights[-fifth:])
    late = lost(watch.counts["failed"], "answers") if watch.oldest <= SEEN_WITHIN else "a change"
    seen = f"the oldest was asked for {watch.oldest:.2f} s after the change was acknowledged"
    return [
        Row(tried, f"{found['requests']:,} requests", lost(found["refused"] + found["broken"], "requests"), said),
        Row(
            f"… an editor publishes every {EVERY:g} s",
            f"{watch.number} times",
            lost(len(watch.refused), "changes"),
            "; ".join(watch.refused[:1]),
        ),
        Row(
            f"… a change is seen in every process within {SEEN_WITHIN:g} s",
            f"{watch.counts['answers']:,} answers",
            late,
            seen,
        ),
        Row(
            "… memory stays flat",
            f"{len(weights)} looks",
            lost(last > FLAT * first, "growth"),
            f"{first:.0f} MB of RSS in both processes at first, {last:.0f} MB at last",
        ),
    ]


@contextmanager
def weighing(site):
    """Weigh the processes once a second; yields the list of sums, in MB, that grows meanwhile."""
    weights, enough = [], threading.Event()

    def weigh():
        while not enough.wait(1):
            weights.append(sum(memory_of_workers(site)))

    thread = threading.Thread(target=weigh, daemon=True)
    thread.start()
    try:
        yield weights
    finally:
        enough.set()
        thread.join()

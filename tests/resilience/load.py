"""Minutes under load with an editor who publishes all the while: no error, no old page, no more memory."""

import statistics
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager

from tests.http_editor import Refused
from tests.resilience import readers, sites
from tests.resilience.editor import mark, signed_in
from tests.resilience.rows import Row, lost

#: Of what the server can answer at most.
SHARE = 0.7
#: Seconds between two changes, and within which every process shows each of them.
EVERY, SEEN_WITHIN = 5.0, 1.0
#: Who looks for the change: each on a connection of its own, which stays with one process.
WATCHERS, PAUSE = 8, 0.1
#: How often, and for how many seconds, it is tried how long answers take.
TRIALS, TRIAL = 3, 15
#: Seconds after which an answer is missing, on a machine that does other things too.
PATIENCE = 20
#: By how much memory may differ between the beginning, once every page was read, and the end.
FLAT = 1.1


def run(minutes=10):
    load.demand_wrk()
    seconds = round(minutes * 60)
    with tempfile.TemporaryDirectory() as folder, sites.running(folder, WEB_CONCURRENCY="2") as site:
        pages = site.paths
        warm(site, pages)
        rate = load.report(site.url, min(10, seconds), load.CONNECTIONS, paths=pages)["rate"]
        connections, thinking = wanted(site, pages, SHARE * rate)
        with publishing(site) as press, weighing(site) as weights:
            found = load.report(site.url, seconds, connections, thinking, pages, PATIENCE)
    failed = found["refused"] + found["broken"]
    said = f"{found['rate']:,.0f}/s of the {rate:,.0f}/s that are possible"
    said += f"; p50 {found['p50']:.1f}, p99 {found['p99']:.0f} ms"
    first, last = compared(weights)
    late = press.said["late"] + press.said["failed"]
    return [
        Row(f"{minutes:g} minutes of load at 70 %", f"{found['requests']:,} requests", lost(failed, "requests"), said),
        Row(
            "… an editor publishes every 5 s",
            f"{press.number} times",
            lost(len(press.lost), "changes"),
            "; ".join(press.lost[:1]),
        ),
        Row(
            "… a change is seen in every process within a second",
            f"{press.said['answers']:,} answers watched",
            lost(late, "answers too old or none"),
            f"the oldest was asked for {press.oldest:.2f} s after the change was acknowledged",
        ),
        Row(
            "… memory stays flat",
            f"{len(weights)} looks",
            "nothing" if last <= FLAT * first else "memory",
            f"{first:.0f} MB of RSS in both processes at first, {last:.0f} MB at last",
        ),
    ]


def wanted(site, pages, rate):
    """Return how many connections come to so many requests per second while someone publishes, and the pause of each.

    Each waits for its answer before it pauses: so the pause is made shorter by what answers took in a trial.
    """
    connections, pause = load.pace(rate)
    thinking = pause
    for _trial in range(TRIALS):
        with publishing(site):
            reached = load.report(site.url, TRIAL, connections, thinking, pages, PATIENCE)["rate"]
        thinking = max(1, pause - (1000 * connections / reached - thinking))
    return connections, thinking


def warm(site, pages):
    """Have every process make every page: by some of these connections, each of which stays with one of them."""
    read = Counter()
    crowd = [
        readers.Reader(readers.plain(site.url), pages, lambda *_said, number=number: read.update([number]))
        for number in range(WATCHERS)
    ]
    with readers.reading(crowd):
        while len(read) < WATCHERS or min(read.values()) < len(pages):
            time.sleep(0.1)


class Press(threading.Thread):
    """An editor who changes one page every few seconds, and readers who wait for the change."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self.editor = signed_in(site)
        self.number, self.published, self.lost = 0, None, []
        self.said, self.oldest = Counter(), 0.0
        self.enough = threading.Event()

    def run(self):
        while not self.enough.is_set():
            began = time.monotonic()
            try:
                self.published = self.editor.publish(self.number), self.number
                self.number += 1
            except (Refused, OSError) as error:
                self.lost.append(repr(error))
            self.enough.wait(max(0.0, EVERY - (time.monotonic() - began)))

    def watch(self, _path, asked, _seconds, status, body):
        """Note how old an answer is: who asks later than a second after a change must see it, or a later one."""
        self.said["answers"] += 1
        if status != 200:
            self.said["failed"] += 1
        elif (published := self.published) and published[0] <= asked and not self.shows(body, published[1]):
            age = asked - published[0]
            self.oldest = max(self.oldest, age)
            self.said["late"] += age > SEEN_WITHIN

    def shows(self, body, number):
        return any(mark(one).encode() in body for one in (number, number + 1))


@contextmanager
def publishing(site):
    """Let an editor publish and readers watch until the end of the block; yields the Press."""
    press = Press(site)
    press.editor.publish(0)
    press.number = 1
    watchers = [
        readers.Reader(readers.plain(site.url), [press.editor.page], press.watch, pause=PAUSE)
        for _number in range(WATCHERS)
    ]
    press.start()
    try:
        with readers.reading(watchers):
            yield press
    finally:
        press.enough.set()
        press.join(timeout=60)


@contextmanager
def weighing(site):
    """Weigh the processes once a second; yields the list of sums, in MB, that grows meanwhile."""
    weights, enough = [], threading.Event()

    def weigh():
        while not enough.wait(1):
            weights.append(sum(memory.held(worker)["RSS"] for worker in memory.children(site.process)))

    thread = threading.Thread(target=weigh, daemon=True)
    thread.start()
    try:
        yield weights
    finally:
        enough.set()
        thread.join()


def compared(weights):
    """Return the median weight of the second fifth, when every page was read several times, and of the last."""
    fifth = max(1, len(weights) // 5)
    return statistics.median(weights[fifth : 2 * fifth] or weights), statistics.median(weights[-fifth:])

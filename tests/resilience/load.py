"""Minutes under load while an editor publishes: no errors, no outdated pages, no growth of memory."""

import subprocess
import tempfile

from tests import wrk
from tests.http_editor import Publisher
from tests.http_readers import watching
from tests.live_site import memory_of_workers, running
from tests.resilience import Row, lost

#: The load as a share of the most requests that the server can answer.
SHARE = 0.7
#: Seconds between two changes, and seconds within which every process must show a change.
EVERY, SEEN_WITHIN = 5.0, 2.0
#: The largest ratio of memory at the end to memory in the middle, when every page has been read many times.
FLAT = 1.1


def run(minutes=10):
    half = round(minutes * 30)
    settings = {"stderr": subprocess.DEVNULL, "WEB_CONCURRENCY": "2"}
    with tempfile.TemporaryDirectory() as folder, running(folder, **settings) as site:
        pages = site.paths
        wrk.load(site.url, 15, paths=pages)  # so that every process has every page in its cache
        possible = wrk.load(site.url, 10, paths=pages)["rate"]
        pause = 1000 * wrk.CONNECTIONS / (SHARE * possible)
        with watching(Publisher(site), site.url, EVERY) as watch:
            first = wrk.load(site.url, half, pause=pause, paths=pages)
            middle = sum(memory_of_workers(site))
            second = wrk.load(site.url, half, pause=pause, paths=pages)
            end = sum(memory_of_workers(site))
    requests, refused, broken = (first[name] + second[name] for name in ("requests", "refused", "broken"))
    rate = f"{second['rate']:,.0f}/s of the {possible:,.0f}/s that are possible"
    late = "a change" if watch.oldest > SEEN_WITHIN else lost(watch.counts["failed"], "answers")
    seen = f"the oldest was asked for {watch.oldest:.2f} s after the change was acknowledged"
    return [
        Row(
            f"{minutes:g} minutes of load at {SHARE:.0%} or less",
            f"{requests:,} requests",
            lost(refused + broken, "requests"),
            f"{rate}; p50 {second['p50']:.1f}, p99 {second['p99']:.0f} ms",
        ),
        Row(f"… an editor publishes every {EVERY:g} s", f"{watch.number} times", "; ".join(watch.refused) or "nothing"),
        Row(f"… every process shows it within {SEEN_WITHIN:g} s", f"{watch.counts['answers']:,} answers", late, seen),
        Row(
            "… memory stays flat",
            "2 looks",
            lost(end > FLAT * middle, "growth"),
            f"{middle:.0f} MB of RSS in both processes in the middle, {end:.0f} MB at the end",
        ),
    ]

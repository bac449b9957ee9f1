"""How much memory a worker holds after it has answered for every page."""

import os
import signal
import time
from pathlib import Path

from tests.bench import servers
from tests.live_site import Site, started
from tests.page_kinds import BESIDES, LANGUAGES

#: How many pages a worker answers while the others are held; gunicorn ends a worker that says nothing for long.
AT_ONCE = 25
FIGURES = ("Rss", "Pss", "Private_Clean", "Private_Dirty")


def measured(folder):
    """Return {figure: MB of the worker with most of it} and how many pages each of them answered for."""
    variables = servers.environment(folder)
    site = Site(variables["SITE_URL"], variables)
    with started(servers.gunicorn(), f"{site.url}/healthz", env=variables) as master:
        paths = [*site.paths, *(f"/{code}/{path}" for path in BESIDES.values() for code in LANGUAGES)]
        workers = children(master.pid)
        for first in range(0, len(paths), AT_ONCE):
            for worker in workers:
                alone(worker, workers, [site.url + path for path in paths[first : first + AT_ONCE]])
        found = [held(worker) for worker in workers]
    return {name: max(one[name] for one in found) for name in found[0]} | {"workers": len(workers), "pages": len(paths)}


def children(process):
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def alone(worker, workers, urls):
    """Have one worker answer for the addresses: the others are stopped for so long."""
    others = [other for other in workers if other != worker]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        for url in urls:
            servers.fetched(url)
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)
    time.sleep(0.1)  # they tell gunicorn that they live


def held(worker):
    """Return the MB of a process: all that it sees (RSS), its part of what is shared (PSS), its own alone (USS)."""
    rows = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
    kilobytes = {name: int(rest.split()[0]) for name, _colon, rest in (row.partition(":") for row in rows[1:])}
    rss, pss, clean, dirty = (kilobytes[name] / 1024 for name in FIGURES)
    return {"RSS": round(rss, 1), "PSS": round(pss, 1), "USS": round(clean + dirty, 1)}

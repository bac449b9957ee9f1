"""The machine of a run, and whether it is quiet enough to measure on."""

import datetime
import os
import platform
import sys
from pathlib import Path

import gunicorn
from gunicorn.config import make_settings

from recruit_site import server

#: The most work (load average of a minute) that a machine may have besides.
QUIET = 0.5
#: What is not for other applications.
OWN = {"bind", "logconfig_dict", "logger_class"}


def settings():
    """Return gunicorn's settings of the site as the module recruit_site.server gives them, but for its address.

    The site's own kind of worker differs from gunicorn's in how it stops, and for an application that has pages at
    hand; its logger in writing no line for a request: gunicorn's writes none either where no log is named.
    """
    found = {name: getattr(server, name) for name in make_settings() if hasattr(server, name)}
    plain = {name: value for name, value in found.items() if name not in OWN and not callable(value)}
    return plain | {"worker_class": "gthread"}


def described():
    """Return what a reader must know of the machine to judge the figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory GB": round(memory / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "gunicorn": gunicorn.__version__,
        "settings": settings(),
        "load before": round(os.getloadavg()[0], 2),
    }


def line(machine):
    chosen = ", ".join(f"{name} {machine['settings'][name]}" for name in SHOWN if name in machine["settings"])
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory GB']} GB, Linux {machine['kernel']}, "
        f"Python {machine['python']}, gunicorn {machine['gunicorn']} ({chosen}); "
        f"load average before the run {machine['load before']}"
    )


SHOWN = ("worker_class", "workers", "threads", "keepalive")


def processor():
    for row in Path("/proc/cpuinfo").read_text().splitlines():
        if row.startswith("model name"):
            return row.partition(":")[2].strip()
    return platform.machine()


def demand_quiet(anyway):
    """End the run on a busy machine, whose figures would say nothing; `anyway` only warns."""
    if (load := os.getloadavg()[0]) > QUIET:
        print(f"The machine is busy (load average {load:.2f}, more than {QUIET}): figures are noise.", file=sys.stderr)
        if not anyway:
            sys.exit("Wait until it is quiet, or measure all the same with --anyway.")

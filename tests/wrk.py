"""Requests by wrk: as many as a server can answer, or at a given rate."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
#: What every browser says; the identity is what nobody asks for.
CODINGS = "Accept-Encoding: gzip, br"
CONNECTIONS = 16
#: At a given rate every connection waits this long between two requests, on average, in milliseconds.
THINKING = 30
FEWEST, MOST = 4, 256


def demand_wrk():
    if not shutil.which("wrk"):
        sys.exit("The bench asks with wrk: apt-get install wrk (Debian), or see github.com/wg/wrk.")


def report(url, seconds, connections, thinking=0, paths=(), patience=2):
    """Return what load.lua reports of a run.

    `thinking` is the mean pause of a connection in milliseconds; `paths` are asked for in turn in the place of `url`'s;
    after `patience` seconds an answer is missing.
    """
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s", f"--script={SCRIPT}"]
    command.append(f"--timeout={patience}s")
    environment = os.environ | {"THINKING": str(thinking), "PATHS": " ".join(paths)}
    done = subprocess.run(
        [*command, f"--header={CODINGS}", url], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def ask(url, seconds, connections, thinking=0):
    """Return the report of a run in which next to nothing may fail."""
    found = report(url, seconds, connections, thinking)
    if found["refused"] or found["broken"] > found["requests"] / 1000:
        sys.exit(f"{url}: {found['refused']} of {found['requests']} answers are errors, {found['broken']} are missing.")
    return found


def saturated(url, seconds, connections=CONNECTIONS):
    """Return the requests per second of a server that is never without one."""
    return ask(url, seconds, connections)["rate"]


def paced(url, rate, seconds):
    """Return the latencies at about `rate` requests per second, in milliseconds.

    Readers come independently: many connections, each with a pause of random (exponential) length before every
    request. A slow answer holds up its own connection alone, so that little is omitted, and wrk corrects for that.
    """
    return ask(url, seconds, *pace(rate))


def pace(rate):
    """Return how many connections make about `rate` requests per second, and the mean pause of each."""
    connections = round(min(max(rate * THINKING / 1000, FEWEST), MOST))
    return connections, 1000 * connections / rate


def in_turn(servers, rounds, measure):
    """Return {name: [what `measure(url)` gives]} of as many rounds, in each of which every server has its turn."""
    found = {name: [] for name in servers}
    for _round in range(rounds):
        for name, url in servers.items():
            found[name].append(measure(url))
    return found


def medians(found):
    return {name: statistics.median(runs) for name, runs in found.items()}

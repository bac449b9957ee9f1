"""Requests by wrk: as many as a server can answer, or fewer, with pauses."""

import json
import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_name("wrk.lua")
CONNECTIONS = 16
#: What every browser says.
CODINGS = "Accept-Encoding: gzip, br"


def load(url, seconds, connections=CONNECTIONS, pause=0, paths=()):
    """Return what wrk.lua reports of a run: requests, rate, refused, broken, p50 and p99 in milliseconds.

    `pause` is the mean pause of a connection before a request, in milliseconds, of exponential length as readers come
    independently; `paths` are asked for in turn in the place of `url`'s.
    """
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s", "--timeout=20s"]
    environment = os.environ | {"PAUSE": str(pause), "PATHS": " ".join(paths)}
    command += [f"--script={SCRIPT}", f"--header={CODINGS}", url]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def rate(url, seconds):
    """Return how many requests a second a server can answer; RuntimeError where answers fail."""
    found = load(url, seconds)
    if found["refused"] or found["broken"] > found["requests"] / 1000:
        raise RuntimeError(f"{url}: {found}")
    return found["rate"]

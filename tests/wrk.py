"""Load by wrk: as many requests as a server can answer, or fewer, with pauses."""

import json
import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_name("wrk.lua")
CONNECTIONS = 16
#: The encodings that every browser accepts.
CODINGS = "Accept-Encoding: gzip, br"


def load(url, seconds, connections=CONNECTIONS, pause=0, paths=()):
    """Return the report of wrk.lua about a run: requests, rate, refused, broken, p50 and p99 in milliseconds.

    `pause` is the mean pause of a connection before a request, in milliseconds; its length is distributed
    exponentially, because readers come independently. `paths` are requested in turn instead of `url`'s path.
    """
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s", "--timeout=20s"]
    environment = os.environ | {"PAUSE": str(pause), "PATHS": " ".join(paths)}
    command += [f"--script={SCRIPT}", f"--header={CODINGS}", url]
    process = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(process.stdout.splitlines()[-1])


def rate(url, seconds):
    """Return how many requests a second a server can answer. Raises RuntimeError where responses fail."""
    report = load(url, seconds)
    if report["refused"] or report["broken"] > report["requests"] / 1000:
        raise RuntimeError(f"{url}: {report}")
    return report["rate"]

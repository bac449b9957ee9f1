"""From the start command on an existing database to the first answered request."""

import http.client
import statistics
import subprocess
import sys
import time

from tests.bench import servers
from tests.live_site import ROOT

#: As `make serve` and the container start the site.
COMMAND = '"$0" manage.py prepare && exec "$0" -m gunicorn --config python:recruit_site.server recruit_site.wsgi'
TRIES, TRIES_QUICK = 5, 2
LONGEST = 60


def measured(folder, quick):
    """Return the seconds of every start, and their median; the first start, which warms the machine, is left out."""
    seconds = [once(folder) for _try in range(1 + (TRIES_QUICK if quick else TRIES))][1:]
    return {"seconds": [round(one, 2) for one in seconds], "median": round(statistics.median(seconds), 2)}


def once(folder):
    environment = servers.environment(folder)
    start = time.monotonic()
    server = subprocess.Popen(["sh", "-c", COMMAND, sys.executable], cwd=ROOT, env=environment)
    try:
        while time.monotonic() - start < LONGEST:
            if answers(environment["PORT"]):
                return time.monotonic() - start
            if server.poll() is not None:
                sys.exit(f"The site ended with status {server.returncode} while it started.")
            time.sleep(0.01)
        sys.exit(f"The site did not answer within {LONGEST} seconds.")
    finally:
        server.terminate()
        server.wait(timeout=30)


def answers(port):
    """Whether the home page is there."""
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=LONGEST)
    try:
        connection.request("GET", "/ja/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()

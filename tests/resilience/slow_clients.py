"""Clients that send a byte every few seconds and never come to an end (slowloris), and what other readers notice."""

import socket
import ssl
import statistics
import tempfile
import threading
import time
from contextlib import contextmanager
from http.client import HTTPSConnection
from urllib.parse import urlsplit

from tests.nginx import nginx, proxied
from tests.resilience import readers, sites
from tests.resilience.rows import Row, lost

SLOW = 200
#: Seconds between two bytes of a slow client.
PAUSE = 2.0
#: Other readers: so many, each with a new connection every so many seconds; who waits longer gives up.
READERS, EVERY, PATIENCE = 5, 0.1, 5.0
#: How much slower the slowest hundredth of the readers' answers may become, and what of that is the machine's noise.
FACTOR, NOISE = 2, 0.02
HEADERS = b"GET /ja/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
)


def run(seconds=30):
    found = []
    with (
        tempfile.TemporaryDirectory() as folder,
        sites.running(folder, WEB_CONCURRENCY="2", BEHIND_PROXY="true") as site,
    ):
        pages = site.paths[:20]
        port = urlsplit(site.url).port
        if (command := nginx()) is None:
            found.append(Row("200 slow clients, behind the shipped proxy", "0", "", "no nginx here"))
        else:
            with proxied(folder, command, port) as proxy:
                context = ssl._create_unverified_context()  # the certificate is our own, made just now

                def connect():
                    return HTTPSConnection("127.0.0.1", proxy, timeout=PATIENCE, context=context)

                found.append(
                    behind("200 slow clients, behind the shipped proxy", connect, proxy, context, pages, seconds)
                )
        found.append(alone("200 slow clients, gunicorn alone", readers.plain(site.url, PATIENCE), port, pages, seconds))
        found.append(afterwards(site))
    return found


def behind(tried, connect, port, context, pages, seconds):
    """Return the Row of a server that must not mind."""
    measured(connect, pages, 3)  # every page is made and kept
    before = measured(connect, pages, seconds)
    with slowly(port, context) as crowd:
        during = measured(connect, pages, seconds)
        sent, opened = crowd.sent, crowd.opened
    wrong = lost(during["unanswered"], "requests")
    if not during["unanswered"] and during["p99"] > FACTOR * before["p99"] + NOISE:
        wrong = "time"
    said = f"p99 {before['p99'] * 1000:.0f} ms without them, {during['p99'] * 1000:.0f} ms with them"
    said += f"; {opened} connections, {sent:,} bytes in {seconds} s"
    return Row(tried, f"{during['requests']:,} requests of others", wrong, said)


def alone(tried, connect, port, pages, seconds):
    """Return the Row that states what happens without a proxy: nothing is promised."""
    measured(connect, pages, 3)
    with slowly(port):
        during = measured(connect, pages, seconds)
    said = f"{during['unanswered']} of {during['requests']} requests of others unanswered after {PATIENCE:.0f} s"
    return Row(tried, f"{during['requests']:,} requests of others", "", said)


def afterwards(site):
    """Return the Row that tells whether the server is itself again once the slow clients have gone."""
    began = time.monotonic()
    status = site.get("/ja/").status
    taken = time.monotonic() - began
    return Row("… and once they are gone", "1 request", "nothing" if status == 200 else "the server", f"{taken:.2f} s")


def measured(connect, pages, seconds):
    """Return how many requests of ordinary readers there were, how many had no answer, and p99 of all in seconds."""
    taken, unanswered = [], []

    def tell(_path, _asked, seconds, status, _body):
        taken.append(seconds)
        unanswered.extend([] if status == 200 else [status])

    crowd = [
        readers.Reader(connect, paths, tell, pause=EVERY, keeps=False) for paths in readers.rotated(pages, READERS)
    ]
    with readers.reading(crowd):
        time.sleep(seconds)
    p99 = statistics.quantiles(taken, n=100)[-1] if len(taken) > 1 else max(taken, default=PATIENCE)
    return {"requests": len(taken), "unanswered": len(unanswered), "p99": p99}


class Slow(threading.Thread):
    """Keeps as many connections open as it may, and sends a byte on each every now and then."""

    def __init__(self, port, context):
        super().__init__(daemon=True)
        self.port, self.context = port, context
        self.connections, self.sent, self.opened = [], 0, 0
        self.full, self.enough = threading.Event(), threading.Event()

    def run(self):
        while not self.enough.is_set():
            while len(self.connections) < SLOW and not self.enough.is_set():
                try:
                    self.connections.append(self.connect(HEADERS if len(self.connections) % 2 else BODY))
                except OSError:
                    break
            self.full.set()
            self.enough.wait(PAUSE)
            self.connections = [one for one in self.connections if self.send(one)]
        for connection in self.connections:
            connection.close()

    def connect(self, begin):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        if self.context:
            connection = self.context.wrap_socket(connection)
        connection.sendall(begin)
        self.opened += 1
        return connection

    def send(self, connection):
        """Send a byte; return whether the connection is still there."""
        try:
            connection.sendall(b"x")
        except OSError:
            connection.close()
            return False
        self.sent += 1
        return True


@contextmanager
def slowly(port, context=None):
    """Let the slow clients be there until the end of the block."""
    slow = Slow(port, context)
    slow.start()
    slow.full.wait(60)
    try:
        yield slow
    finally:
        slow.enough.set()
        slow.join(timeout=60)

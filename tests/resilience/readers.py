"""Readers: threads that ask for pages, one after the other, and remember what became of it."""

import gzip
import http.client
import threading
import time
from contextlib import contextmanager
from itertools import cycle, islice
from urllib.parse import urlsplit


class Reader(threading.Thread):
    """Asks for pages in turn on a connection that it keeps, until it is told to stop.

    `connect` returns a new connection (http.client); `pause` are the seconds between two requests. `tell` is called
    with path, the moment of asking, the seconds until the answer, its status (0 for none) and body.
    """

    def __init__(self, connect, paths, tell, pause=0.0, keeps=True):
        super().__init__(daemon=True)
        self.connect, self.paths, self.tell, self.pause, self.keeps = connect, cycle(paths), tell, pause, keeps
        self.connection, self.enough = None, threading.Event()

    def run(self):
        while not self.enough.wait(self.pause):
            path = next(self.paths)
            asked, began = time.time(), time.monotonic()
            status, body = self.ask(path)
            self.tell(path, asked, time.monotonic() - began, status, body)

    def ask(self, path):
        """Return (status, body) of an answer, (0, b"") for none. An idle connection that was closed is opened anew."""
        for fresh in (self.connection is None, True):
            try:
                self.connection = self.connection or self.connect()
                self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                response = self.connection.getresponse()
                body = response.read()
                packed = response.headers["Content-Encoding"] == "gzip"
                found = response.status, gzip.decompress(body) if packed else body
                if not self.keeps:
                    self.leave()
                return found
            except (OSError, EOFError, http.client.HTTPException):
                self.leave()
                if fresh:
                    break
        return 0, b""

    def leave(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def plain(url, timeout=20):
    """Return what opens a connection to an address."""
    parts = urlsplit(url)
    return lambda: http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)


@contextmanager
def reading(readers):
    """Let readers read until the end of the block."""
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        for reader in readers:
            reader.enough.set()
        for reader in readers:
            reader.join(timeout=60)


def rotated(paths, number):
    """Return `number` lists of the same paths, each with another one first."""
    return [[*islice(cycle(paths), at, at + len(paths))] for at in range(number)]

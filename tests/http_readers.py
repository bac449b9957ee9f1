"""Readers over HTTP: threads that ask for pages in turn, and what they see of an editor's changes."""

import http.client
import threading
import time
from collections import Counter
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import urlsplit

from tests.http_editor import Refused, mark

#: Seconds between two changes; how many readers look for them, each with a connection that stays with one process.
EVERY, WATCHERS = 5.0, 8


class Reader(threading.Thread):
    """Asks for pages in turn on a connection that it keeps, until `enough` is set.

    `tell` is called with path, time.time() of asking, status (0 for no answer) and body; `pause` is in seconds.
    """

    def __init__(self, url, paths, tell, pause=0.0):
        super().__init__(daemon=True)
        self.host, self.paths, self.tell, self.pause = urlsplit(url).netloc, cycle(paths), tell, pause
        self.connection, self.enough = None, threading.Event()

    def run(self):
        while not self.enough.wait(self.pause):
            path, asked = next(self.paths), time.time()
            self.tell(path, asked, *self.ask(path))

    def ask(self, path):
        """Return (status, body) of an answer, (0, b"") for none. An idle connection that was closed is opened anew."""
        for fresh in (self.connection is None, True):
            try:
                self.connection = self.connection or http.client.HTTPConnection(self.host, timeout=20)
                self.connection.request("GET", path)
                response = self.connection.getresponse()
                return response.status, response.read()
            except (OSError, http.client.HTTPException):
                self.connection.close()
                self.connection = None
                if fresh:
                    break
        return 0, b""


@contextmanager
def reading(url, number, paths, tell, pause=0.0):
    """Let readers read until the end of the block, each beginning with another page."""
    paths = list(paths)
    starts = [place % len(paths) for place in range(number)]
    readers = [Reader(url, paths[start:] + paths[:start], tell, pause) for start in starts]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        for reader in readers:
            reader.enough.set()
        for reader in readers:
            reader.join(timeout=60)


class Watch(threading.Thread):
    """An editor who changes one page every few seconds, and what readers see of it.

    `oldest` is the greatest number of seconds after a change was acknowledged at which someone asked and got an older
    page; `answers` counts what readers got, `failed` what was no page; `refused` holds what became of lost changes.
    """

    def __init__(self, publisher):
        super().__init__(daemon=True)
        self.publisher, self.enough = publisher, threading.Event()
        self.number, self.published, self.refused = 0, (0.0, 0), []
        self.counts, self.oldest = Counter(), 0.0

    def run(self):
        while not self.enough.wait(EVERY):
            self.publish()

    def publish(self):
        try:
            self.published = self.publisher.publish(self.number), self.number
            self.number += 1
        except (Refused, OSError) as error:
            self.refused.append(repr(error))

    def tell(self, _path, asked, status, body):
        self.counts["answers"] += 1
        at, number = self.published
        if status != 200:
            self.counts["failed"] += 1
        elif at <= asked and not any(mark(one).encode() in body for one in (number, number + 1)):
            self.oldest = max(self.oldest, asked - at)


@contextmanager
def watching(publisher, url):
    """Let an editor publish, and readers at `url` watch, until the end of the block; yields the Watch."""
    watch = Watch(publisher)
    watch.publish()
    watch.start()
    try:
        with reading(url, WATCHERS, [publisher.page], watch.tell, pause=0.05):
            yield watch
    finally:
        watch.enough.set()
        watch.join(timeout=60)

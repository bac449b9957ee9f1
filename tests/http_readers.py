"""Readers over HTTP: threads that ask for pages in turn, and what they see of an editor's changes."""

import http.client
import threading
import time
from collections import Counter
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import urlsplit

from tests.http_editor import Refused, mark

#: How many readers look for a change, each with a connection that stays with one process.
WATCHERS = 8


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
    """An editor who changes one page again and again, and what readers see of it.

    `oldest` is the greatest number of seconds after a change was acknowledged at which someone asked and got an older
    page; `counts` has the readers' answers and those that failed; `refused` says what became of changes that were not
    made; `number` is that of the next change.
    """

    def __init__(self, publisher, pause):
        super().__init__(daemon=True)
        self.publisher, self.pause, self.enough = publisher, pause, threading.Event()
        self.number, self.published, self.refused = 0, (0.0, 0), []
        self.counts, self.oldest = Counter(), 0.0

    def run(self):
        while not self.enough.wait(self.pause):
            self.publish()

    def publish(self):
        try:
            self.published = self.publisher.publish(self.number), self.number
            self.number += 1
        except (Refused, OSError) as error:
            self.refused.append(repr(error))

    def tell(self, path, asked, status, body):
        self.counts["answers"] += 1
        self.counts["failed"] += status != 200
        (at, number), page = self.published, self.publisher.page
        if path == page and at <= asked and not any(mark(one).encode() in body for one in (number, number + 1)):
            self.oldest = max(self.oldest, asked - at)


@contextmanager
def watching(publisher, url, pause=5.0, others=()):
    """Let an editor publish, and readers at `url` watch the page and others, until the end of the block.

    Yields the Watch. `pause` is in seconds, between two changes.
    """
    watch = Watch(publisher, pause)
    watch.publish()
    watch.start()
    try:
        with reading(url, WATCHERS, [publisher.page, *others], watch.tell, pause=0.05):
            yield watch
    finally:
        watch.enough.set()
        watch.join(timeout=60)

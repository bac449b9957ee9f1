"""Readers over HTTP: threads that request pages in turn, and a check of when they get an editor's changes."""

import http.client
import threading
import time
from collections import Counter
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import urlsplit

from tests.http_editor import Refused, mark

#: The number of readers that look for a change. Each keeps a connection, so it stays with one worker process.
WATCHERS = 8


class Reader(threading.Thread):
    """A thread that requests the paths in turn on one persistent connection, until the event `enough` is set.

    It calls tell(path, time.time() before the request, status or 0 for no response, body). `pause` is the time between
    two requests, in seconds.
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
        """Return (status, body) of the response, (0, b"") for none. Open a new connection if an idle one was closed."""
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
    """Run `number` readers until the end of the block. Each starts with another path."""
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
    """A thread in which an editor repeatedly changes one page, and the counts of what readers get meanwhile.

    `oldest` is the largest number of seconds between the response to a change and a later request that got an older
    page. `counts` has the number of the readers' "answers" and of those that "failed". `refused` are the errors of
    changes that failed; `number` is that of the next change.
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
    """Run an editor who publishes, and readers at `url` who request the page and `others`, until the end of the block.

    Yields the Watch. `pause` is the time between two changes, in seconds.
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

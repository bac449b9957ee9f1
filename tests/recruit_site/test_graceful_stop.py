"""A server that stops, or starts its processes anew, loses no request, under real load on real processes.

A request is lost when it was sent on a connection that the server had taken, and no whole answer came. No loss is a
connection that is refused, for nobody took it; and a kept-alive one that the server closes while it is idle, which
every client and proxy asks for again (RFC 9112, 9.3.1). The clients here do so, and nothing else.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from itertools import count

import pytest

from tests.live_site import ROOT, free_port, send

CLIENTS = 8


class Client(threading.Thread):
    """Reads one address again and again, on a new connection each time or on one that it keeps."""

    def __init__(self, port, keeps):
        super().__init__(daemon=True)
        self.port, self.keeps = port, keeps
        self.answered, self.lost, self.refused = 0, [], False
        self.enough = threading.Event()

    def run(self):
        while not (self.enough.is_set() or self.refused):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.connect()
            except ConnectionRefusedError:
                self.refused = True
            else:
                with closing(connection):
                    self.use(connection)

    def use(self, connection):
        """Ask on one connection for as long as it is kept."""
        for number in count():
            try:
                connection.request("GET", "/robots.txt", headers={} if self.keeps else {"Connection": "close"})
                response = connection.getresponse()
                whole = response.status == 200 and response.read().startswith(b"User-agent: *")
            except (OSError, http.client.HTTPException) as error:
                idle = number and isinstance(error, ConnectionError)
                self.lost += [] if idle else [repr(error)]
                return
            self.answered += 1
            self.lost += [] if whole else [response.status]
            if response.will_close or self.enough.is_set():
                return


@pytest.fixture
def server():
    """A gunicorn of two processes, and its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:recruit_site.server", "recruit_site.wsgi"]
    environment = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": "2", "ALLOWED_HOSTS": "*"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_for(lambda: answers(port))
        yield process, port
    finally:
        process.kill()
        process.wait()


def answers(port):
    try:
        return send(f"http://127.0.0.1:{port}/healthz").status == 200
    except OSError:
        return False


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass within 30 seconds"
        time.sleep(0.02)


def children(process):
    command = ["ps", "-o", "pid=", "--ppid", str(process.pid)]
    return set(subprocess.run(command, capture_output=True, text=True).stdout.split())  # noqa: S603


def loaded(port, keeps):
    """Return clients that have all had answers."""
    clients = [Client(port, keeps) for _number in range(CLIENTS)]
    for client in clients:
        client.start()
    wait_for(lambda: all(client.answered > 5 for client in clients))
    return clients


def ended(clients):
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join(timeout=30)
    return [loss for client in clients for loss in client.lost]


@pytest.mark.parametrize("keeps", [False, True], ids=["new connections", "kept connections"])
def test_stop_under_load_loses_no_request(server, keeps):
    process, port = server
    clients = loaded(port, keeps)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    wait_for(lambda: all(client.refused for client in clients))
    assert ended(clients) == []


@pytest.mark.parametrize("keeps", [False, True], ids=["new connections", "kept connections"])
def test_new_processes_under_load_lose_no_request(server, keeps):
    process, port = server
    before = children(process)
    clients = loaded(port, keeps)
    process.send_signal(signal.SIGHUP)
    wait_for(lambda: not before & children(process))
    so_far = [client.answered for client in clients]
    wait_for(lambda: all(client.answered > number + 5 for client, number in zip(clients, so_far, strict=True)))
    assert ended(clients) == []
    assert not any(client.refused for client in clients)

"""The graceful stop and restart of gunicorn under load: accepted requests are answered, and a restart loses none.

The tests run real processes. A kept-alive connection that the server closes while it is idle is no loss: every client
and proxy sends the request again (RFC 9112, 9.3.1). A connection that a stopping server resets before the first byte of
a response is no loss either: the server never read the request, and a proxy sends it to another process (test_proxy.py
restarts two processes behind nginx).
"""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import closing
from functools import partial
from itertools import count

import pytest

from tests import live_site
from tests.live_site import GUNICORN, ROOT, free_port, send

CLIENTS = 8
#: Under load a stop or a restart takes longer than what other tests wait for.
wait_for = partial(live_site.wait_for, seconds=120)
#: A command prefix that drops all of root's Linux capabilities, as in a container with `cap_drop: [ALL]`.
WITHOUT_CAPABILITIES = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")


class Client(threading.Thread):
    """A thread that requests one address again and again, on new connections or on a kept-alive one (`keeps`)."""

    def __init__(self, port, keeps):
        super().__init__(daemon=True)
        self.port, self.keeps = port, keeps
        self.answered, self.lost, self.unanswered, self.refused = 0, [], [], False
        self.enough = threading.Event()

    def run(self):
        while not (self.enough.is_set() or self.refused):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.connect()
            except ConnectionRefusedError:
                self.refused = True
            except ConnectionResetError as error:  # the server stops before it accepts the connection
                self.unanswered.append(repr(error))
            else:
                with closing(connection):
                    self.use(connection)

    def use(self, connection):
        """Send requests on one connection until the server closes it."""
        for number in count():
            try:
                connection.request("GET", "/robots.txt", headers={} if self.keeps else {"Connection": "close"})
                response = connection.getresponse()
            except ConnectionError as error:
                idle = number > 0
                self.unanswered += [] if idle else [repr(error)]
                return
            try:
                whole = response.status == 200 and response.read().startswith(b"User-agent: *")
            except (OSError, http.client.HTTPException) as error:
                self.lost.append(repr(error))
                return
            self.answered += 1
            self.lost += [] if whole else [response.status]
            if response.will_close or self.enough.is_set():
                return


def started_server(prefix=()):
    """Start a gunicorn with two worker processes; return (process, port) once it answers."""
    port = free_port()
    environment = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": "2", "ALLOWED_HOSTS": "*"}
    process = subprocess.Popen([*prefix, *GUNICORN], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    wait_for(lambda: answers(port))
    return process, port


@pytest.fixture
def server():
    process, port = started_server()
    yield process, port
    process.kill()
    process.wait()


@pytest.fixture
def unprivileged_server():
    """Yield (process, port) of a server without Linux capabilities, which ordinary users do not have anyway."""
    as_root = os.geteuid() == 0
    if as_root and shutil.which("setpriv") is None:
        pytest.skip("root cannot give up its capabilities: apt-get install util-linux")
    process, port = started_server(WITHOUT_CAPABILITIES if as_root else ())
    yield process, port
    process.kill()
    process.wait()


def answers(port):
    try:
        return send(f"http://127.0.0.1:{port}/healthz").status == 200
    except OSError:
        return False


def children(process):
    command = ["ps", "-o", "pid=", "--ppid", str(process.pid)]
    return set(subprocess.run(command, capture_output=True, text=True).stdout.split())  # noqa: S603


def loaded(port, keeps):
    """Return CLIENTS running clients, each of which has had more than five responses."""
    clients = [Client(port, keeps) for _number in range(CLIENTS)]
    for client in clients:
        client.start()
    wait_for(lambda: all(client.answered > 5 for client in clients))
    return clients


def ended(clients):
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join(timeout=60)
    return clients


@pytest.mark.parametrize("keeps", [False, True], ids=["new connections", "kept connections"])
def test_stop_under_load_breaks_off_no_answer(server, keeps):
    process, port = server
    clients = loaded(port, keeps)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=120) == 0
    wait_for(lambda: all(client.refused for client in clients))
    assert [loss for client in ended(clients) for loss in client.lost] == []


def test_stop_without_any_privilege_answers_the_requests_under_way(unprivileged_server):
    process, port = unprivileged_server
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n")
        for _time in range(3):  # the server accepts connections in order, so it has accepted the one above by then
            assert answers(port)
        process.send_signal(signal.SIGTERM)
        wait_for(lambda: len(children(process)) == 1)  # the worker process without a request has ended
        connection.sendall(b"Connection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert process.wait(timeout=120) == 0
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"User-agent: *" in answer


@pytest.mark.parametrize("keeps", [False, True], ids=["new connections", "kept connections"])
def test_new_processes_under_load_lose_no_request(server, keeps):
    process, port = server
    before = children(process)
    clients = loaded(port, keeps)
    process.send_signal(signal.SIGHUP)
    wait_for(lambda: not before & children(process))
    so_far = [client.answered for client in clients]
    wait_for(lambda: all(client.answered > number + 5 for client, number in zip(clients, so_far, strict=True)))
    assert [loss for client in ended(clients) for loss in client.lost + client.unanswered] == []
    assert not any(client.refused for client in clients)

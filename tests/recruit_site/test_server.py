"""The real server on a real socket: what cannot be read as a request gets the site's own page too."""

import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def port():
    """The port of a gunicorn with the site's settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:recruit_site.server", "recruit_site.wsgi"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PORT": str(number), "WEB_CONCURRENCY": "1"},
    )
    try:
        for _attempt in range(300):
            try:
                socket.create_connection(("127.0.0.1", number), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("gunicorn did not start within 30 seconds")
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def answer(port, request):
    """Send bytes and return the status line and the body."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while part := connection.recv(65536):
            received += part
    head, _blank, body = received.partition(b"\r\n\r\n")
    return head.split(b"\r\n")[0].decode(), body.decode()


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /ja/" + b"x" * 9000 + b" HTTP/1.1",
        b"GET /ja/?q=" + b"x" * 9000 + b" HTTP/1.1",
        b"\x16\x03\x01\x02\x00",
        b"GET /",
    ],
    ids=["long path", "long query", "TLS to a plain port", "no version"],
)
def test_request_that_cannot_be_read_is_answered_in_both_languages(port, request_line):
    status, body = answer(port, request_line + b"\r\nHost: testserver\r\nConnection: close\r\n\r\n")
    assert status.split()[1].startswith("4")
    assert "この要求は読み取れません" in body
    assert "This request cannot be read" in body


def test_readable_request_is_served(port):
    status, body = answer(port, b"GET /robots.txt HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n")
    assert status == "HTTP/1.1 200 OK"
    assert body.startswith("User-agent: *")

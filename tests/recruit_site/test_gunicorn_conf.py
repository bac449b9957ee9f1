"""Gunicorn with the site's settings on a real socket: malformed requests are refused, and valid ones are answered."""

import os
import socket

import pytest

from tests.live_site import GUNICORN, free_port, started


@pytest.fixture(scope="module")
def port():
    """Yield the port of a gunicorn with the site's settings."""
    number = free_port()
    environment = os.environ | {"PORT": str(number), "WEB_CONCURRENCY": "1"}
    with started(GUNICORN, f"http://127.0.0.1:{number}/healthz", env=environment):
        yield number


def answer(port, request):
    """Send bytes and return (status line, body) of the response."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while part := connection.recv(65536):
            received += part
    head, _blank, body = received.partition(b"\r\n\r\n")
    return head.split(b"\r\n")[0].decode(), body.decode()


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /ja/" + b"x" * 9000 + b" HTTP/1.1", 414),
        (b"GET /ja/?q=" + b"x" * 9000 + b" HTTP/1.1", 414),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"GET /", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: unknown", 501),  # RFC 9112, 6.1
    ],
    ids=["long path", "long query", "TLS to a plain port", "no version", "unknown transfer coding"],
)
def test_request_that_cannot_be_read_is_refused_without_details(port, request_line, status):
    status_line, body = answer(port, request_line + b"\r\nHost: testserver\r\nConnection: close\r\n\r\n")
    assert status_line.split()[1] == str(status)
    assert "Traceback" not in body
    assert "gunicorn" not in body


def test_readable_request_is_served(port):
    status, body = answer(port, b"GET /robots.txt HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n")
    assert status == "HTTP/1.1 200 OK"
    assert body.startswith("User-agent: *")

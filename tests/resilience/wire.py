"""HTTP at the level of bytes: send any bytes, and parse the responses strictly (RFC 9112) with h11."""

import gzip
import socket
import time
from contextlib import suppress
from typing import NamedTuple

import brotli
import h11

#: The error for bytes from a server that are not HTTP.
Malformed = h11.RemoteProtocolError


class Answer(NamedTuple):
    """A response: its status, its headers as {lower-case name: value}, and its body as sent."""

    status: int
    headers: dict
    body: bytes

    @property
    def content(self):
        """The body after decoding its Content-Encoding."""
        decode = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("content-encoding"), bytes)
        return decode(self.body)


class Exchange(NamedTuple):
    """The responses to a request, and the seconds until the server had sent all of them."""

    answers: list
    seconds: float


def exchange(port, request, timeout=60):
    """Send bytes, close the sending side, and return the Exchange. Raises TimeoutError or Malformed.

    `timeout` is in seconds.
    """
    began, received = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        with suppress(ConnectionError):  # the server has closed early; its response can still be read
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):  # the server has closed without reading the whole request
            while part := connection.recv(65536):
                received += part
    return Exchange(answers(received, request.partition(b" ")[0]), time.monotonic() - began)


def answers(received, method):
    """Return the Answers in received bytes. The first one answers `method`, the others answer GET."""
    parsed = []
    while received:
        answer, rest = first(received, method if method == b"HEAD" and not parsed else b"GET")
        if rest and not rest.startswith(b"HTTP/"):  # gunicorn's error page has a body even in response to HEAD
            answer, rest = first(received, b"GET")
        parsed.append(answer)
        received = rest
    return parsed


def first(received, method):
    """Return the first Answer in received bytes and the bytes after it. Raises Malformed."""
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method=method, target="/", headers=[("Host", "127.0.0.1")]))
    client.send(h11.EndOfMessage())
    client.receive_data(received)
    client.receive_data(b"")
    response, body = None, b""
    while not isinstance(event := client.next_event(), h11.EndOfMessage):
        if isinstance(event, h11.Response):
            response = event
        elif isinstance(event, h11.Data):
            body += event.data
    headers = {name.decode(): value.decode("latin-1") for name, value in response.headers}
    if {"content-length", "transfer-encoding"} <= {*headers}:
        raise Malformed(f"two lengths: {headers}")
    return Answer(response.status_code, headers, bytes(body)), client.trailing_data[0]

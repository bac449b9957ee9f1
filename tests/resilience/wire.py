"""HTTP as it goes over the wire: any bytes out, and what comes back, read strictly (RFC 9112) by h11."""

import gzip
import socket
import time
from contextlib import suppress
from typing import NamedTuple

import brotli
import h11

#: Raised for bytes of a server that are no HTTP.
Malformed = h11.RemoteProtocolError


class Answer(NamedTuple):
    """An answer: its status, its headers as {name in small letters: value} and its body as it was sent."""

    status: int
    headers: dict
    body: bytes

    @property
    def content(self):
        """The body without the coding that it has on the way."""
        decode = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("content-encoding"), bytes)
        return decode(self.body)


class Exchange(NamedTuple):
    """The answers to a request, and the seconds until the server had sent all of them."""

    answers: list
    seconds: float


def exchange(port, request, timeout=60):
    """Send bytes, say that there are no more, and return the Exchange. TimeoutError, Malformed."""
    began, received = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        with suppress(ConnectionError):  # the server has read enough; its answer is there to read
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):  # closed with a part of the request unread
            while part := connection.recv(65536):
                received += part
    return Exchange(answers(received, request.partition(b" ")[0]), time.monotonic() - began)


def answers(received, method):
    """Return the answers that bytes hold, the first to this method, others to GET."""
    found = []
    while received:
        answer, rest = first(received, method if method == b"HEAD" and not found else b"GET")
        if rest and not rest.startswith(b"HTTP/"):  # what gunicorn cannot read it answers with a page, even to HEAD
            answer, rest = first(received, b"GET")
        found.append(answer)
        received = rest
    return found


def first(received, method):
    """Return the first Answer and the bytes after it."""
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

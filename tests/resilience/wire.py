"""HTTP as it goes over the wire: any bytes out, and what comes back, read strictly (RFC 9112)."""

import gzip
import re
import socket
import time
from typing import NamedTuple

import brotli

STATUS = re.compile(rb"HTTP/1\.[01] (?P<status>\d{3}) [\x20-\x7e]*")
HEADER = re.compile(rb"(?P<name>[\w!#$%&'*+.^`|~-]+): ?(?P<value>[\t\x20-\x7e\x80-\xff]*)")


class Malformed(Exception):
    """Bytes of a server that are no HTTP."""


class Answer(NamedTuple):
    """An answer: its status, its headers as (name in small letters, value) and its body as it was sent."""

    status: int
    headers: list
    body: bytes

    def header(self, name):
        """Return the values of a header, joined as a list of them may be."""
        return ", ".join(value for key, value in self.headers if key == name)

    @property
    def content(self):
        """The body without the coding that it has on the way."""
        decode = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.header("content-encoding"), bytes)
        return decode(self.body)


class Exchange(NamedTuple):
    """What became of a request: the answers to it, and the seconds until the server had said all."""

    answers: list
    seconds: float


def exchange(port, request, timeout=20):
    """Send bytes, say that there are no more, and return the Exchange. TimeoutError, Malformed."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        received = b"".join(parts(connection, request))
    return Exchange(answers(received, request.partition(b" ")[0]), time.monotonic() - began)


def parts(connection, request):
    try:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
    except ConnectionError:
        pass  # it has heard enough; its answer is there to read
    try:
        while part := connection.recv(65536):
            yield part
    except ConnectionError:
        pass  # closed with a part of the request unread


def answers(received, method):
    """Return the answers that bytes hold, the first to this method, others to GET."""
    found = []
    while received:
        answer, received = first(received, method if not found else b"GET")
        if answer.status >= 200:
            found.append(answer)
    return found


def first(received, method):
    """Return the first Answer and the bytes after it."""
    head, blank, rest = received.partition(b"\r\n\r\n")
    if not blank:
        raise Malformed(f"no end of the headers: {received[:200]!r}")
    line, *rows = head.split(b"\r\n")
    matches = [STATUS.fullmatch(line), *map(HEADER.fullmatch, rows)]
    if None in matches:
        raise Malformed(f"{[line, *rows][matches.index(None)]!r}")
    headers = [(row["name"].decode().lower(), row["value"].decode("latin-1")) for row in matches[1:]]
    status = int(matches[0]["status"])
    lengths = {value for name, value in headers if name == "content-length"}
    chunked = ("transfer-encoding", "chunked") in headers
    if len(lengths) > 1 or (lengths and chunked):
        raise Malformed(f"two lengths: {headers}")
    # What gunicorn could not read is no HEAD to it; it says no date, sends a page and closes.
    unread = "date" not in dict(headers)
    if (method == b"HEAD" and not unread) or status in (204, 304) or status < 200:
        length = 0
    elif chunked:
        body, rest = unchunked(rest)
        return Answer(status, headers, body), rest
    else:
        length = int(lengths.pop()) if lengths else len(rest)
    if len(rest) < length and not (method == b"HEAD" and not rest):
        raise Malformed(f"{len(rest)} bytes of {length}")
    return Answer(status, headers, rest[:length]), rest[length:]


def unchunked(rest):
    body = b""
    while True:
        size, ended, rest = rest.partition(b"\r\n")
        if not ended or not re.fullmatch(rb"[0-9A-Fa-f]+", size):
            raise Malformed(f"a chunk of {size[:50]!r} bytes")
        if not (length := int(size, 16)):
            if not rest.startswith(b"\r\n"):
                raise Malformed("no end of the chunks")
            return body, rest[2:]
        body += rest[:length]
        if rest[length : length + 2] != b"\r\n":
            raise Malformed("a chunk without its end")
        rest = rest[length + 2 :]

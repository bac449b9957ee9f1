"""A stored response: each content coding with its strong ETag, ready to send."""

import gzip
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import brotli

#: Content codings (RFC 9110, 8.4.1) by preference, at levels that cost less than rendering the page.
CODINGS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}
#: Content types that compression makes smaller.
COMPRESSIBLE = (
    "text/", "application/json", "application/schema+json", "application/xml", "application/atom+xml",
)  # fmt: skip
#: Headers that belong to a single request, or that each content coding sets for itself.
NOT_STORED = {"Content-Length", "ETag", "Last-Modified", "Vary", "X-Request-ID"}
#: Headers that a 304 repeats (RFC 9110, 15.4.5). Without Access-Control-Allow-Origin, scripts of other origins could
#: not use their copy.
REPEATED = {"Access-Control-Allow-Origin", "Cache-Control", "ETag", "Vary"}
#: The approximate size of a response's headers in bytes.
OVERHEAD = 2_000


class Variant(NamedTuple):
    """A response in one content coding: its ETag, headers and body, and the headers of a 304 in its place."""

    etag: str
    headers: list
    body: bytes
    not_modified: list


class StoredResponse:
    """A response of status 200, given as a list of headers and a body; `size` is in bytes."""

    __slots__ = ("size", "variants")

    def __init__(self, headers, body):
        headers = [(name, value) for name, value in headers if name not in NOT_STORED]
        # After a 304 a client keeps its old headers, so the ETag covers them too.
        digest = sha256(repr(headers).encode() + body).hexdigest()[:32]
        bodies = {"": body}
        if dict(headers)["Content-Type"].startswith(COMPRESSIBLE):
            bodies |= {coding: compress(body) for coding, compress in CODINGS.items()}
        self.variants = {
            coding: variant(headers, coding, coded, digest)
            for coding, coded in bodies.items()
            if not coding or len(coded) < len(body)
        }
        self.size = sum(len(one.body) + OVERHEAD for one in self.variants.values())

    def negotiate(self, accept_encoding):
        """Return the Variant for an Accept-Encoding header."""
        return next(self.variants[coding] for coding in accepted_codings(accept_encoding) if coding in self.variants)


def variant(headers, coding, body, digest):
    etag = f'"{digest}-{coding}"' if coding else f'"{digest}"'
    added = [("ETag", etag), ("Vary", "Accept-Encoding"), *([("Content-Encoding", coding)] if coding else [])]
    full = [*headers, *added, ("Content-Length", str(len(body)))]
    return Variant(etag, full, body, [one for one in full if one[0] in REPEATED])


@lru_cache(maxsize=256)
def accepted_codings(accept_encoding):
    """Return the content codings to try for an Accept-Encoding header (RFC 9110, 12.5.3), "" (identity) last.

    A client that refuses identity gets it anyway, because an error would not help it.
    """
    weights = {}
    for item in accept_encoding.lower().split(","):
        coding, _semicolon, parameter = item.partition(";")
        try:
            weights[coding.strip()] = float(parameter.partition("=")[2]) if parameter else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    quality = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in CODINGS}
    return [*sorted((coding for coding in quality if quality[coding] > 0), key=lambda coding: -quality[coding]), ""]


def etag_matches(environ, etag):
    """Return whether If-None-Match in a WSGI environ names this ETag (RFC 9110, 13.1.2, weak comparison)."""
    tags = [tag.strip().removeprefix("W/") for tag in environ.get("HTTP_IF_NONE_MATCH", "").split(",")]
    return etag in tags or tags == ["*"]

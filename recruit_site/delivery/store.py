"""Answers as they go out: each in the codings that readers ask for, within a number of bytes."""

import gzip
import math
import time
from collections import OrderedDict
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

import brotli
from django.utils.http import http_date

#: How bodies are coded (RFC 9110, 8.4.1), the best first, with the effort that costs less than making the page does.
CODINGS = {"br": lambda body: brotli.compress(body, quality=7), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}
#: What compression makes smaller.
TEXT = ("text/", "application/json", "application/schema+json", "application/xml", "application/atom+xml")
#: What 304 repeats of an answer (RFC 9110, 15.4.5); without the first, other sites could not read their copy.
REPEATED = frozenset({"Access-Control-Allow-Origin", "Cache-Control", "ETag", "Last-Modified", "Vary"})
#: Bytes that an answer in one coding takes besides its body, roughly: its headers.
OVERHEAD = 2_000
#: Seconds for which an old answer is given while the new one is made.
GRACE = 0.4


class Coded(NamedTuple):
    """An answer in one coding: its strong validator, headers, body, and the headers of a 304 in its place."""

    tag: str
    headers: list
    body: list
    repeated: list


class Answer:
    """An answer of status 200 in every coding that makes it smaller.

    `headers` are its own, without validators, length and Vary; `modified` is in seconds since 1970.
    """

    __slots__ = ("codings", "modified", "size")

    def __init__(self, headers, body, modified):
        self.modified = int(modified)
        bodies = {"": body}
        if dict(headers)["Content-Type"].startswith(TEXT):
            bodies |= {coding: compress(body) for coding, compress in CODINGS.items()}
        # Of the headers too: who is told that the copy is the present one keeps its old headers, the policy among them.
        digest = sha256(repr(headers).encode() + body).hexdigest()[:32]
        self.codings = {
            coding: self._coded(headers, coding, coded, digest)
            for coding, coded in bodies.items()
            if not coding or len(coded) < len(body)
        }
        self.size = sum(len(coded.body[0]) + OVERHEAD for coded in self.codings.values())

    def _coded(self, headers, coding, body, digest):
        tag = f'"{digest}-{coding}"' if coding else f'"{digest}"'
        added = {"ETag": tag, "Last-Modified": http_date(self.modified), "Vary": "Accept-Encoding"}
        added |= {"Content-Encoding": coding} if coding else {}
        every = [*headers, *added.items(), ("Content-Length", str(len(body)))]
        return Coded(tag, every, [body], [one for one in every if one[0] in REPEATED])

    def coded(self, accepted):
        """Return the Coded that an Accept-Encoding header likes best."""
        return next(self.codings[coding] for coding in preferred(accepted) if coding in self.codings)


@lru_cache(maxsize=256)
def preferred(accepted):
    """Return the codings to try for an Accept-Encoding header (RFC 9110, 12.5.3), the body as it is last.

    Who refuses even that gets it all the same: an error would help nobody.
    """
    weights = {}
    for one in accepted.lower().split(","):
        coding, _semicolon, rest = one.partition(";")
        try:
            weights[coding.strip()] = float(rest.partition("=")[2]) if rest else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    wanted = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in CODINGS}
    return [*sorted((coding for coding in wanted if wanted[coding] > 0), key=lambda coding: -wanted[coding]), ""]


class Store:
    """Answers by key, up to a number of bytes; what nobody asked for the longest goes first.

    An answer that is no longer right stays for GRACE, for those who ask while it is made anew.
    """

    def __init__(self, most_bytes):
        self.most_bytes = most_bytes
        self.version = None
        self.answers = OrderedDict()
        self.made = {}
        self.due = {}  # until when an old answer may be given, by key
        self.bytes = 0
        self.lock = Lock()

    def get(self, key):
        answer = self.answers.get(key)
        if answer is not None and time.monotonic() < self.due.get(key, math.inf):
            with suppress(KeyError):  # dropped since by another thread
                self.answers.move_to_end(key)
            return answer
        return None

    def held(self, key):
        """Return an answer that is due and what it was Made of, (None, None) for none."""
        with self.lock:
            return (self.answers[key], self.made[key]) if key in self.due else (None, None)

    def put(self, key, answer, made):
        """Keep an answer that was Made of something, unless that is no longer the same or the answer is too large."""
        with self.lock:
            if not made.stands(self.version) or answer.size > self.most_bytes:
                return
            self._drop(key)
            self.answers[key], self.made[key] = answer, made
            self.bytes += answer.size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self.answers)))

    def turn_to(self, version):
        """Let the answers be due that would not be made the same at this version; drop every one for None."""
        with self.lock:
            self.version = version
            until = time.monotonic() + GRACE
            for key in [key for key, made in self.made.items() if not made.stands(version)]:
                if version is None:
                    self._drop(key)
                else:
                    self.due.setdefault(key, until)

    def _drop(self, key):
        if gone := self.answers.pop(key, None):
            del self.made[key]
            self.due.pop(key, None)
            self.bytes -= gone.size

"""In front of Django: a WSGI application that answers for published pages from memory."""

import os
import re
import time
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import Event, Lock, Thread
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http.request import split_domain_port, validate_host
from django.utils.http import parse_http_date_safe

from recruit_site.delivery import version
from recruit_site.delivery.paths import is_public_path
from recruit_site.delivery.policy import HELD, MADE, PUBLIC, RENEWED
from recruit_site.delivery.store import Answer, Store

#: Seconds between two looks at the version: a change is seen after this and the store's GRACE.
INTERVAL = 0.4
#: How often a page is made again because content changed while it was made.
TRIES = 3
#: Seconds for which a page is waited for that someone else makes.
PATIENCE = 10
#: Seconds in which an old answer is sent that may still be given.
MARGIN = 0.1
#: Queries of public pages that are kept like pages of their own: the further parts of lists.
KEPT_QUERIES = frozenset({"page", "with"})
#: What others add to our addresses and no page looks at.
TRACKING = re.compile(r"utm_[a-z]+|fbclid|gclid|msclkid|twclid|yclid", re.ASCII)
LONGEST_QUERY = 200
#: Bytes that the system takes for a client that has taken all before, whatever its connection is like.
AT_ONCE = 12_000
#: What belongs to one answer alone, or is told anew for each coding.
OF_ONE_ANSWER = frozenset({"Content-Length", "ETag", "Last-Modified", "Vary", "X-Request-ID"})


class PublishedPages:
    """Answers GET and HEAD of public pages from at most `most_bytes` of memory; everything else is Django's.

    Whoever has a session is always answered by Django. `tell` is called with the status of each answer from here.
    """

    def __init__(self, application, most_bytes):
        self.application = application
        self.tell = lambda status: None
        self.store = Store(most_bytes)
        self.making = Making()
        self.watch = Watch()
        version.listeners.append(self.store.turn_to)
        self.session = f"{settings.SESSION_COOKIE_NAME}="
        self.scheme, self.secure = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")

    def __call__(self, environ, start_response):
        key = self.key(environ)
        if key is None:
            return self.application(environ, start_response)
        self.watch.start()
        answer, passed_on = self.store.get(key), None
        if answer is None or key in self.store.due:
            with self.making.turn(key) as other:
                if answer is None and other:
                    other.wait(PATIENCE)
                    answer = self.store.get(key)
                if answer is None or not other:
                    answer, passed_on = self.ask(key, environ, start_response)
        if answer is None:
            return passed_on
        status, headers, body = answered(answer, environ)
        self.tell(status)
        start_response(status, headers)
        return body

    def has_at_hand(self, path, fields):
        """Whether a GET of a path alone is answered from memory, with no more than a socket takes at once.

        `fields` are those of the request by their names in small letters.
        """
        if self.session in fields.get("cookie", "") or not is_ours(fields.get("host", "")):
            return False
        proxy = fields.get("x-forwarded-proto", "") if settings.SECURE_PROXY_SSL_HEADER else ""
        key = path, "", self.is_secure(proxy)
        if (until := self.store.due.get(key)) and not (key in self.making.done and time.monotonic() < until - MARGIN):
            return False
        answer = self.store.answers.get(key)
        return answer is not None and len(answer.coded(fields.get("accept-encoding", "")).body[0]) <= AT_ONCE

    def is_secure(self, scheme):
        return scheme.partition(",")[0].strip() == self.secure

    def key(self, environ):
        """Return what tells public answers from one another, None where only Django may answer."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self.session in environ.get("HTTP_COOKIE", ""):
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            query = kept_query(query)
        if query is None or not is_public_path(path) or not is_ours(environ.get("HTTP_HOST", "")):
            return None
        return path, query, self.is_secure(environ.get(self.scheme, ""))

    def ask(self, key, environ, start_response):
        """Let Django answer: return (its Answer, None) for a public page, else (None, the body to pass on)."""
        for left in reversed(range(TRIES)):
            held, made = self.store.held(key)
            asked = environ | {"REQUEST_METHOD": "GET", "QUERY_STRING": key[1], HELD: made}
            asked.pop("HTTP_ACCEPT_ENCODING", None)  # each coding is made from the body as it is
            said = []
            body = self.application(asked, lambda *line, said=said: said.append(line))
            status, headers = said[-1][:2]
            if renewed := asked.get(RENEWED):
                body.close()
                self.store.put(key, held, renewed)
                return held, None
            if ("Cache-Control", PUBLIC) not in headers:
                start_response(status, headers)
                return None, body
            if asked.get(MADE, "unknown") or not left:
                break
            body.close()
        made, content = asked.get(MADE), b"".join(body)
        body.close()
        kept = [(name, value) for name, value in headers if name not in OF_ONE_ANSWER]
        answer = Answer(kept, content, made.version.since.timestamp() if made else time.time())
        if made:
            self.store.put(key, answer, made)
        return answer, None


def answered(answer, environ):
    """Return what WSGI wants of an Answer for who asks: (status, headers, body)."""
    coded = answer.coded(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if has_copy(environ, coded.tag, answer.modified):
        return "304 Not Modified", coded.repeated, []
    return "200 OK", coded.headers, [] if environ["REQUEST_METHOD"] == "HEAD" else coded.body


def has_copy(environ, tag, modified):
    """Whether the asker names the present answer as its copy (RFC 9110, 13.1.2 and 13.1.3)."""
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        return tags.strip() == "*" or any(one.strip().removeprefix("W/") == tag for one in tags.split(","))
    if since := environ.get("HTTP_IF_MODIFIED_SINCE"):
        return (parse_http_date_safe(since) or -1) >= modified
    return False


@lru_cache(maxsize=256)
def is_ours(host):
    """Whether a Host names this site. Its pages are the same under each of its names."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


@lru_cache(maxsize=1024)
def kept_query(query):
    """Return a query without what others add for their counting, None where its page is not kept."""
    if len(query) > LONGEST_QUERY:
        return None
    pairs = [pair for pair in query.split("&") if not TRACKING.fullmatch(pair.partition("=")[0])]
    known = all(name in KEPT_QUERIES for name, _value in parse_qsl("&".join(pairs), keep_blank_values=True))
    return "&".join(pairs) if known else None


class Making:
    """The pages that are being made: who asks for one of them does not make it too."""

    def __init__(self):
        self.done = {}
        self.lock = Lock()

    @contextmanager
    def turn(self, key):
        """Yield None for who is to make a page, to others the Event that it is made, or cannot be."""
        with self.lock:
            other = self.done.get(key)
            if other is None:
                mine = self.done[key] = Event()
        if other is not None:
            yield other
            return
        try:
            yield None
        finally:
            del self.done[key]
            mine.set()


class Watch:
    """Looks at the version again and again, in a thread that starts with the first request of a process.

    While the database is away nothing is new, and what is there is served on.
    """

    def __init__(self):
        self.process = None
        self.lock = Lock()

    def start(self):
        if self.process != os.getpid():
            with self.lock:
                if self.process != os.getpid():
                    self.process = os.getpid()
                    Thread(target=self.run, name="content version", daemon=True).start()

    def run(self):
        while True:
            close_old_connections()
            with suppress(DatabaseError):
                version.read()
            time.sleep(INTERVAL)

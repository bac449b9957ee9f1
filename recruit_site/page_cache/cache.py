"""The page cache: a WSGI application in front of Django that serves public pages from memory."""

import re
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from recruit_site.page_cache import version
from recruit_site.page_cache.paths import is_public_path
from recruit_site.page_cache.policy import CACHE_CONTROL
from recruit_site.page_cache.response import StoredResponse, etag_matches

#: Query parameters that are part of the cache key: the further pages of lists, and comparisons.
CACHED_PARAMETERS = {"page", "with"}
#: Query parameters that other sites add to our addresses and that no page reads.
TRACKING = re.compile(r"utm_[a-z]+|fbclid|gclid|msclkid|twclid|yclid", re.ASCII)
#: Characters of a query string; a longer one is not cached.
LONGEST_QUERY = 200


class PageCache:
    """The WSGI application that serves GET and HEAD of public pages from at most `max_bytes` of memory.

    Django serves every other request, and every request with a session cookie. A new content version empties the
    cache; while the database is away the stored pages stay. `on_response` is called with the status line of each
    response that Django does not send itself.
    """

    def __init__(self, application, max_bytes, on_response=lambda status: None):
        self.application, self.max_bytes, self.on_response = application, max_bytes, on_response
        self.version, self.bytes = None, 0
        self.responses = OrderedDict()
        self.lock = Lock()
        self.session_cookie = f"{settings.SESSION_COOKIE_NAME}="
        self.scheme_header, self.https = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")

    def __call__(self, environ, start_response):
        key = self.key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        current = version.reader.current()
        response = self.get(key, current)
        if response is None:
            response, body = self.fetch(key, environ, start_response, current)
            if response is None:
                return body
        variant = response.negotiate(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if etag_matches(environ, variant.etag):
            status, headers, body = "304 Not Modified", variant.not_modified, b""
        else:
            status, headers, body = "200 OK", variant.headers, variant.body
        self.on_response(status)
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def key_of(self, environ):
        """Return the cache key of a request, or None if only Django may respond."""
        path, query = environ["PATH_INFO"], cached_query(environ.get("QUERY_STRING", ""))
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self.session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        if query is None or not is_public_path(path) or not is_allowed_host(environ.get("HTTP_HOST", "")):
            return None
        return path, query, environ.get(self.scheme_header, "").partition(",")[0].strip() == self.https

    def fetch(self, key, environ, start_response, current):
        """Call Django. Return (StoredResponse, None) for a public page, else (None, the body to pass on)."""
        request = environ | {"REQUEST_METHOD": "GET", "QUERY_STRING": key[1]}
        request.pop("HTTP_ACCEPT_ENCODING", None)  # StoredResponse compresses the plain body itself
        started = []
        body = self.application(request, lambda *line: started.append(line))
        status, headers = started[-1][:2]
        if ("Cache-Control", CACHE_CONTROL) not in headers:
            start_response(status, headers)
            return None, body
        response = StoredResponse(headers, b"".join(body))
        body.close()
        self.put(key, response, current)
        return response, None

    def get(self, key, current):
        with self.lock:
            if self.version != current:
                self.version, self.bytes = current, 0
                self.responses.clear()
            response = self.responses.get(key)
            if response is not None:
                self.responses.move_to_end(key)
            return response

    def put(self, key, response, made_at):
        """Store a response that was made at a Version, unless content has changed since or it is too large.

        The least recently used responses make room.
        """
        with self.lock:
            if made_at is None or made_at != self.version or response.size > self.max_bytes:
                return
            replaced = self.responses.pop(key, None)
            self.bytes += response.size - (replaced.size if replaced else 0)
            self.responses[key] = response
            while self.bytes > self.max_bytes:
                self.bytes -= self.responses.popitem(last=False)[1].size


@lru_cache(maxsize=256)
def is_allowed_host(host):
    """Return whether a Host header names this site. The pages are the same under each of its names."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


@lru_cache(maxsize=1024)
def cached_query(query):
    """Return a query string without tracking parameters, or None if its page is not cached."""
    if len(query) > LONGEST_QUERY:
        return None
    pairs = [pair for pair in query.split("&") if not TRACKING.fullmatch(pair.partition("=")[0])]
    query = "&".join(pairs)
    names = {name for name, _value in parse_qsl(query, keep_blank_values=True)}
    return query if names <= CACHED_PARAMETERS else None

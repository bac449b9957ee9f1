"""The least that a WSGI application can do: one constant body, of as many bytes as BODY_BYTES says."""

import os

BODY = b"x" * int(os.environ["BODY_BYTES"])
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]

"""A minimal WSGI application: its body is constant and has BODY_BYTES bytes."""

import os

BODY = b"x" * int(os.environ["BODY_BYTES"])
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]

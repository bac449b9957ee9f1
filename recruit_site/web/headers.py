"""The security headers: the same on every response, whichever view or middleware makes it.

Django's own middleware sets some of these headers on the responses that pass through it. This middleware covers the
rest: static files, pictures, probes, redirects and errors of the middleware itself. gunicorn answers a request that it
cannot parse without these headers; behind nginx, nginx refuses such a request itself (deploy/nginx.conf).
"""

from functools import cache

from django.conf import settings
from django.utils.csp import CSP, build_policy

#: The site uses none of these browser features, and injected code must not use them either.
PERMISSIONS = "camera=(), geolocation=(), microphone=()"
#: The content types that other sites may embed: share pictures in messages, pictures of the feeds in feed readers.
FOR_OTHER_SITES = "image/"


@cache
def headers():
    """Return {name: value} of the headers of every response that does not set them itself."""
    return {
        CSP.HEADER_ENFORCE.value: build_policy(settings.SECURE_CSP),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def add_security_headers(get_response):
    """Add the `headers()` that a response lacks (middleware, the outermost)."""

    def middleware(request):
        response = get_response(request)
        if response.get("Content-Type", "").startswith(FOR_OTHER_SITES):
            response.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        for name, value in headers().items():
            response.setdefault(name, value)
        return response

    return middleware

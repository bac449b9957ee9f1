"""What an answer tells a browser to refuse: the same for every answer, whoever makes it.

Django's own middleware says some of it too, for what passes through it; here it is said of the rest: of files,
pictures, probes, redirects and errors in the middleware itself. Requests that gunicorn cannot parse get its own bare
answer without these headers; behind nginx, nginx refuses such a request itself (deploy/nginx.conf).
"""

from functools import cache

from django.conf import settings
from django.utils.csp import CSP, build_policy

#: Nothing of the site asks for any of these, and nothing that gets into it may.
PERMISSIONS = "camera=(), geolocation=(), microphone=()"
#: Pictures are shown elsewhere: share pictures in messages, those of the feeds in feed readers.
FOR_OTHER_SITES = "image/"


@cache
def headers():
    """Return {name: value} of what every answer says unless it says otherwise itself."""
    return {
        CSP.HEADER_ENFORCE.value: build_policy(settings.SECURE_CSP),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def guard(get_response):
    """Middleware, around all other: add what an answer lacks of `headers()`."""

    def middleware(request):
        response = get_response(request)
        if response.get("Content-Type", "").startswith(FOR_OTHER_SITES):
            response.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        for name, value in headers().items():
            response.setdefault(name, value)
        return response

    return middleware

"""Which responses are public, and for how long a copy of them may be used: the one place that decides it."""

from django.conf import settings
from django.templatetags.static import static

from recruit_site.page_cache.paths import is_public_path

#: Seconds for which a copy is used without asking, used while it is renewed, and used while the site is away.
#: A browser or a cache on the way shows withdrawn content no longer than the first two together.
FRESH, STALE_WHILE_REVALIDATE, STALE_IF_ERROR = 60, 60, 86_400
CACHE_CONTROL = (
    f"public, max-age={FRESH}, stale-while-revalidate={STALE_WHILE_REVALIDATE}, stale-if-error={STALE_IF_ERROR}"
)
#: Seconds for which the proxy in front of the processes uses a copy: it shows a change about as soon as they do.
FRESH_AT_PROXY = 1
#: Staff look whether what they published is right.
FOR_STAFF = "private, no-cache"

#: The file of rules for the links that a browser may follow ahead of its reader (HTML, speculative loading).
SPECULATION_RULES = "pages.speculationrules"


def mark_public(get_response):
    """Middleware: say of every public response for how long a copy may be used."""

    def middleware(request):
        response = get_response(request)
        if request.method not in ("GET", "HEAD") or not is_public_path(request.path_info):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault("Cache-Control", FOR_STAFF)
        elif is_public(response):
            response["Cache-Control"] = CACHE_CONTROL
            if settings.BEHIND_PROXY:
                response["X-Accel-Expires"] = FRESH_AT_PROXY  # nginx obeys it and does not pass it on
            if response["Content-Type"].startswith("text/html"):
                response["Speculation-Rules"] = f'"{static(SPECULATION_RULES)}"'
        return response

    return middleware


def is_public(response):
    """Whether a response at a public path is the same for everyone who asks."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and set(response.get("Vary", "").lower().split(", ")) <= {"", "accept-encoding"}
    )

"""Which responses are public, and for how long a copy may be used. No other module decides this."""

from django.conf import settings
from django.templatetags.static import static

from recruit_site.page_cache.paths import is_public_path

#: Seconds for which a copy is fresh, used while it is revalidated, and used while the site fails (RFC 9111, RFC 5861).
#: A browser or an intermediate cache shows withdrawn content for no longer than the sum of the first two.
FRESH, STALE_WHILE_REVALIDATE, STALE_IF_ERROR = 60, 60, 86_400
CACHE_CONTROL = (
    f"public, max-age={FRESH}, stale-while-revalidate={STALE_WHILE_REVALIDATE}, stale-if-error={STALE_IF_ERROR}"
)
#: Seconds for which nginx uses a copy, so that it shows a change about as soon as the processes behind it do.
FRESH_AT_PROXY = 1
#: Cache-Control for signed-in staff, who check what they have just published.
FOR_STAFF = "private, no-cache"

#: The file of rules for the links that a browser may prefetch or prerender (HTML, speculative loading).
SPECULATION_RULES = "pages.speculationrules"


def set_cache_headers(get_response):
    """Set the caching headers of every public response (Django middleware)."""

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
    """Return whether a response at a public path is the same for every client."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and set(response.get("Vary", "").lower().split(", ")) <= {"", "accept-encoding"}
    )

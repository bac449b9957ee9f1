"""Which answers are public, and for how long a copy of them may be used: the one place that decides it."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.templatetags.static import static

from recruit_site.delivery import version
from recruit_site.delivery.kept import reading
from recruit_site.delivery.paths import is_public_path
from recruit_site.delivery.version import Made

#: Seconds for which a copy is used without asking, used while it is asked anew, and used while the site is away.
#: A browser or a cache on the way shows what was withdrawn no longer than the first two together.
FRESH, WHILE_ASKING, WHILE_AWAY = 60, 60, 86_400
PUBLIC = f"public, max-age={FRESH}, stale-while-revalidate={WHILE_ASKING}, stale-if-error={WHILE_AWAY}"
#: Seconds for which the proxy in front of the processes uses a copy without asking: it is near, and learns of a change
#: as soon as they do.
FRESH_AT_PROXY = 1
#: Staff look whether it is right what they published.
FOR_STAFF = "private, no-cache"

#: Which links of a page a browser may follow ahead of its reader (HTML, speculative loading).
RULES = "pages.speculationrules"

#: Where the middleware leaves what a public answer was Made of, for the layer in front of Django: None where that
#: changed meanwhile, nothing where the database could not say.
MADE = "recruit_site.made"
#: Where that layer leaves what an old answer of its own was Made of, and the middleware what it is Made of now: no
#: other answer is made if that one is still right.
HELD, RENEWED = "recruit_site.held", "recruit_site.renewed"


def mark_public(get_response):
    """Middleware: say of every public answer for how long a copy may be used, and what it was made of."""

    def middleware(request):
        if request.method not in ("GET", "HEAD") or not is_public_path(request.path_info):
            return get_response(request)
        before, held = now_or_none(), request.META.get(HELD)
        if before and held and (renewed := held.at(before)) and before == now_or_none():
            request.META[RENEWED] = renewed
            return HttpResponse(status=204)
        with reading(before) as queries:
            response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault("Cache-Control", FOR_STAFF)
        elif is_public(response):
            response["Cache-Control"] = PUBLIC
            if settings.BEHIND_PROXY:
                response["X-Accel-Expires"] = FRESH_AT_PROXY  # nginx obeys it, and keeps it to itself
            if response["Content-Type"].startswith("text/html"):
                response["Speculation-Rules"] = f'"{static(RULES)}"'
            if before:
                made = Made(queries, before)
                request.META[MADE] = made if made.stands(now_or_none()) else None
        return response

    return middleware


def is_public(response):
    """Whether an answer at a public path is the same for everyone who asks."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and set(response.get("Vary", "").lower().split(", ")) <= {"", "accept-encoding"}
    )


def now_or_none():
    """Return the Version of now, None while the database is away: some answers need none."""
    try:
        return version.read()
    except DatabaseError:
        return None

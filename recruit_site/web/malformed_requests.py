"""Requests that no page of the site can answer, refused with the site's own words."""

from django.conf import settings

from recruit_site.web.error_pages import bad_request, method_not_allowed

#: The longest query of a page, percent-encoded. The search cuts what is asked of it itself, and says so.
LONGEST_QUERY = 2000
SEARCH = "/search/"
READING = ("GET", "HEAD", "OPTIONS")


def refuse_malformed(get_response):
    """Middleware: 405 for other methods than reading outside the admin, 400 for over-long queries."""

    def middleware(request):
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY and not request.path.endswith(SEARCH):
            return bad_request(request)
        if request.method not in READING and not request.path.startswith(f"/{settings.ADMIN_PATH}"):
            return method_not_allowed(request, READING)
        return get_response(request)

    return middleware

"""Requests that no page can answer, refused with the site's own error pages."""

from django.conf import settings

from recruit_site.web.error_pages import bad_request, method_not_allowed

#: The longest query string of a page, in percent-encoded characters. The search page has no limit: it cuts a long query
#: itself and tells the reader.
LONGEST_QUERY = 2000
SEARCH = "/search/"
READING = ("GET", "HEAD", "OPTIONS")


def refuse_malformed(get_response):
    """Answer 405 to methods that are not for reading outside the admin, and 400 to over-long queries (middleware)."""

    def middleware(request):
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY and not request.path.endswith(SEARCH):
            return bad_request(request)
        if request.method not in READING and not request.path.startswith(f"/{settings.ADMIN_PATH}"):
            return method_not_allowed(request, READING)
        return get_response(request)

    return middleware

"""Requests that no page of the site can answer, refused with the site's own words."""

from recruit_site.errors import bad_request, method_not_allowed

#: The site's longest real query is a search of eight terms; 2,000 characters leave room for percent-encoding.
LONGEST_QUERY = 2000
READING = ("GET", "HEAD", "OPTIONS")


def refuse_malformed(get_response):
    """Middleware: 405 for other methods than reading outside the admin, 400 for over-long queries."""

    def middleware(request):
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return bad_request(request)
        if request.method not in READING and not request.path.startswith("/admin/"):
            return method_not_allowed(request, READING)
        return get_response(request)

    return middleware

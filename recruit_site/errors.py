"""Error pages in the site's own look and in both languages."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

#: Read once: a page that is sent when everything else failed depends on nothing that can fail.
SERVER_ERROR_PAGE = (Path(settings.BASE_DIR) / "templates" / "500.html").read_bytes()


def error_page(request, status):
    """Render errors/<status>.html in the language of the address, else of the reader's browser."""
    language = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(language):
        return render(
            request, f"errors/{status}.html", {"status": status, "page": None, "languages": ()}, status=status
        )


def bad_request(request, exception=None):
    return error_page(request, 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def csrf_failure(request, reason=""):
    return error_page(request, 403)


def not_found(request, exception=None):
    return error_page(request, 404)


def method_not_allowed(request, allowed):
    response = error_page(request, 405)
    response["Allow"] = ", ".join(allowed)
    return response


def server_error(request):
    return HttpResponse(SERVER_ERROR_PAGE, status=500)

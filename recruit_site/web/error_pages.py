"""Error pages in the site's design and in both languages."""

import errno
import sqlite3
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from recruit_site.text.line_breaking import with_breaks
from recruit_site.web.languages import asked_language
from recruit_site.web.pasted_addresses import page_meant

#: The static error pages are read at start: the last resort must not depend on anything that can fail.
SERVER_ERROR_PAGE, DATABASE_DOWN_PAGE, STORAGE_FULL_PAGE = (
    with_breaks((settings.BASE_DIR / "templates" / name).read_text(encoding="utf-8"))
    for name in ("500.html", "503.html", "507.html")
)
#: The error codes that say that nothing can be stored: errno of files, SQLite's primary result codes (the low byte),
#: PostgreSQL's SQLSTATEs.
FAULTS_OF_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
FAULTS_OF_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}
FAULTS_OF_POSTGRESQL = {"53100", "25006", "58030"}  # disk_full, read_only_sql_transaction, io_error
#: Seconds in Retry-After while the database does not answer.
RETRY_AFTER = 30


class Gone(Http404):
    """A page that has been withdrawn: search engines drop it sooner with a 410 than with a 404 (RFC 9110, 15.5.11)."""


class Moved(Http404):
    """A page that has a new address, `url`: another page, or an anchor on one."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url

    def address(self, file="", query=""):
        """Return the new address, or that of a file beside the new page, with the query of the old address."""
        parts = urlsplit(self.url)
        fragment = "" if file else parts.fragment
        return parts._replace(path=parts.path + file, query=query, fragment=fragment).geturl()


def error_page(request, status):
    """Render errors/<status>.html in the language of the address, else in that of the reader's browser."""
    by_path = translation.get_language_from_path(request.path_info)
    language = by_path or asked_language(request)
    with translation.override(language):
        context = {"status": status, "page": None, "languages": ()}
        response = render(request, f"errors/{status}.html", context, status=status)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-cache"  # otherwise browsers cache a 410 for ever
    if not by_path:
        patch_vary_headers(response, ("Accept-Language",))
    return response


def bad_request(request, exception=None):
    return error_page(request, 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def csrf_failure(request, reason=""):
    return error_page(request, 403)


def not_found(request, exception=None):
    """Return a redirect to the page that the address means, 410 for a withdrawn page, else 404."""
    if meant := page_meant(request.path_info):
        query = request.META.get("QUERY_STRING", "")
        # Browsers cache a 301 for ever, and the page may be gone by then.
        headers = {"Cache-Control": "no-cache"}
        return HttpResponsePermanentRedirect(f"{meant}?{query}" if query else meant, headers=headers)
    return error_page(request, 410 if isinstance(exception, Gone) else 404)


def method_not_allowed(request, allowed):
    response = error_page(request, 405)
    response["Allow"] = ", ".join(allowed)
    return response


def cannot_store(error):
    """Return whether an exception says that a disk is full or cannot be written to."""
    if isinstance(error, DatabaseError):
        cause = error.__cause__
        fault = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return fault in FAULTS_OF_SQLITE or getattr(cause, "sqlstate", None) in FAULTS_OF_POSTGRESQL
    return isinstance(error, OSError) and error.errno in FAULTS_OF_FILES


def server_error(request):
    """Return 507 where nothing can be stored, 503 where the database does not answer, else 500, with advice."""
    if cannot_store(sys.exception()):
        return HttpResponse(STORAGE_FULL_PAGE, status=507, headers={"Cache-Control": "no-store"})
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
        return HttpResponse(DATABASE_DOWN_PAGE, status=503, headers=headers)
    return HttpResponse(SERVER_ERROR_PAGE, status=500)

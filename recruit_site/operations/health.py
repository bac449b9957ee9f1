"""The probes /healthz and /readyz, answered before other middleware: for any Host header, and without HTTPS.

django-health-check 4.8 is not used: its storage check writes and deletes a file at every probe, it has no check of
migrations, and ALLOWED_HOSTS applies to its view.
"""

import logging
from contextlib import suppress
from functools import cache

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext, override

from recruit_site.page_cache.version import reader

logger = logging.getLogger(__name__)
#: A static file and a translated text that every page contains.
STYLE, TEXT = "css/site.css", "Skip to the text"


def answer_probes(get_response):
    """Middleware: answer GET and HEAD of /healthz and /readyz."""
    answers = {"/healthz": live, "/readyz": ready}

    def middleware(request):
        if request.path_info in answers and request.method in {"GET", "HEAD"}:
            return answers[request.path_info](request)
        return get_response(request)

    return middleware


def live(request):
    """Return 200, with the status "degraded" while the database is away: a restart of the process cannot mend that."""
    reader.current()  # queries the database, at most once a second
    return JsonResponse({"status": "degraded" if reader.is_away else "ok"})


def ready(request):
    """Return 200 where all checks pass, else 503, with the result of each check. Reasons go to the log alone."""
    results = {name: "ok" if passes(name, check) else "failed" for name, check in CHECKS.items()}
    fine = set(results.values()) == {"ok"}
    return JsonResponse({"status": "ok" if fine else "failed"} | results, status=200 if fine else 503)


def passes(name, check):
    try:
        return check()
    except Exception:  # drivers and storages raise errors of their own
        logger.warning("readiness: %s failed", name, exc_info=True)
        return False


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


@cache
def migrations_on_disk():
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations)


def pending_migrations():
    """Return the sorted (app, name) of the migrations that the code has and the database has not applied."""
    return sorted(migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys())


def storage_can_be_read():
    with suppress(FileNotFoundError):  # the first upload creates the folder
        default_storage.listdir("")
    return True


def messages_are_compiled():
    with override("ja"):
        return gettext(TEXT) != TEXT


CHECKS = {
    "database": database_answers,
    "migrations": lambda: not pending_migrations(),
    "storage": storage_can_be_read,
    "static": lambda: bool(static(STYLE)),
    "messages": messages_are_compiled,
}

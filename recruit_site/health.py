"""What the machinery around the site asks: is this process alive, and may it get requests.

Answered before anything else, whatever the Host and without TLS: a probe knows a machine's address and nothing more.
"""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

from recruit_site.page_cache.version import reader

logger = logging.getLogger(__name__)
#: The file that the storage is asked to keep and give back; never served, never deleted.
PROBE = "readyz"


def answer_probes(get_response):
    """Middleware: /healthz and /readyz."""
    answers = {"/healthz": live, "/readyz": ready}

    def middleware(request):
        if request.path_info in answers and request.method in {"GET", "HEAD"}:
            return answers[request.path_info](request)
        return get_response(request)

    return middleware


def live(request):
    """200 as long as the process answers, "degraded" while the database is away and only cached pages are there.

    A lost database restarts no web process.
    """
    reader.current()  # asks the database, at most once a second
    return JsonResponse({"status": "degraded" if reader.is_away else "ok"})


def ready(request):
    """200 where requests can be answered in full, 503 where not; either way with what became of each check.

    Why a check failed stands in the log alone: the answer is public.
    """
    found = {}
    for name, check in CHECKS.items():
        try:
            found[name] = "ok" if check(found) else "failed"
        except Exception:  # whatever a driver or a store makes of it
            logger.warning("readiness: %s failed", name, exc_info=True)
            found[name] = "failed"
    fine = set(found.values()) == {"ok"}
    return JsonResponse({"status": "ok" if fine else "failed"} | found, status=200 if fine else 503)


def database_answers(found):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations_are_applied(found):
    return found["database"] == "ok" and not pending_migrations()


def pending_migrations():
    """Return the migrations that this code has and the database has not been through, in their order."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def storage_keeps(found):
    default_storage.save(PROBE, ContentFile(b"ready"))
    with default_storage.open(PROBE) as file:
        file.read()
    return True


CHECKS = {"database": database_answers, "migrations": migrations_are_applied, "storage": storage_keeps}

"""Logging: one line for each event, in production as JSON, with the id of the request."""

import json
import logging
import re
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver

logger = logging.getLogger(__name__)
#: The id of the request that this thread handles.
request_id = ContextVar("request_id", default="")
#: The request ids that are accepted from a proxy. Longer ids or other characters could forge lines in other logs.
ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
#: Secrets and personal data that no log line may hold, whichever logger writes it, with their replacements. No pattern
#: matches a quote or a backslash, so that JSON stays valid.
HIDDEN = (
    (re.compile(r"(?<=/preview/)[^/\s\"'\\]+"), "…"),  # whoever knows a preview's address sees it (editing/preview.py)
    (re.compile(r"\?[^\s\"'\\?=]+=[^\s\"'\\]*"), "?…"),  # a query string: the words that someone searched for
    (re.compile(r"(?<=://)[^\s\"'\\/@]*:[^\s\"'\\/]+(?=@)"), "…"),  # the user name and password in a URL
    (re.compile(r"(?<=from ip=)[^\s\"'\\]+(?=:)"), "…"),  # gunicorn logs the client of a request that it cannot parse
)


def without_secrets(text):
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


class TextFormatter(logging.Formatter):
    """Lines for people: the message and the id of the request."""

    def format(self, record):
        number = request_id.get()
        return without_secrets(super().format(record)) + (f" [{number}]" if number else "")


class JSONFormatter(logging.Formatter):
    """Lines for programs: one JSON object a line. `extra={"fields": {…}}` adds fields to search for."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **({"request": request_id.get()} if request_id.get() else {}),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return without_secrets(json.dumps(line, ensure_ascii=False))


def configuration(form, requests=True):
    """Return the logging.config dict that writes to standard error in the `form` "json" or "text".

    `requests` includes the line that log_requests() writes for each request.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "recruit_site.web.request_log.JSONFormatter"},
            "text": {
                "()": "recruit_site.web.request_log.TextFormatter",
                "format": "%(levelname)s %(name)s: %(message)s",
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "recruit_site.audit": {"level": "INFO"},
            __name__: {"level": "INFO" if requests else "WARNING"},
            "gunicorn.error": {"handlers": ["console"]},  # gunicorn sets its level and keeps it from the root logger
        },
    }


def log_requests(get_response):
    """Give each request an id, return it in X-Request-ID, and log one line for each response (middleware).

    The line holds method, path, status and milliseconds, but no query, cookie, body or IP address of a reader.
    """

    def middleware(request):
        sent = request.headers.get("X-Request-ID", "")
        number = sent if settings.BEHIND_PROXY and ID.fullmatch(sent) else uuid4().hex
        request_id.set(number)
        began = time.perf_counter()
        response = get_response(request)
        response["X-Request-ID"] = number
        fields = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
        }
        logger.info("%(method)s %(path)s %(status)s %(ms)s ms", fields, extra={"fields": fields})
        return response

    return middleware


@receiver(request_finished)
def forget_request(**kwargs):
    """Clear the id of the request. Django logs responses after all middleware, so middleware cannot clear it."""
    request_id.set("")

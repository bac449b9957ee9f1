"""Logs: a line for each thing that happened, in production as JSON, with the id of the request it happened in."""

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
#: What a proxy may call a request. Longer or other ones could forge lines elsewhere.
ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
#: What nobody may read in a log, whoever writes the line, and what stands there instead. None of it goes over a quote
#: or a backslash, so that JSON stays JSON.
HIDDEN = (
    (re.compile(r"(?<=/preview/)[^/\s\"'\\]+"), "…"),  # a preview's address is the key to it (see editing.preview)
    (re.compile(r"\?[^\s\"'\\?=]+=[^\s\"'\\]*"), "?…"),  # a query: what someone searched for
    (re.compile(r"(?<=://)[^\s\"'\\/@]*:[^\s\"'\\/]+(?=@)"), "…"),  # the password in an address
    (re.compile(r"(?<=from ip=)[^\s\"'\\]+(?=:)"), "…"),  # gunicorn, of a request that it cannot read
)


def without_secrets(text):
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


class TextFormatter(logging.Formatter):
    """For people: what happened, and its request."""

    def format(self, record):
        number = request_id.get()
        return without_secrets(super().format(record)) + (f" [{number}]" if number else "")


class JSONFormatter(logging.Formatter):
    """For programs: one object a line. `extra={"fields": {…}}` adds what a program would search for."""

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
    """Return the configuration (of logging.config) that writes everything to standard error as `json` or `text`."""
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
    """Middleware: give each request an id, say it to whoever asked, and write one line when it is answered.

    The line holds method, path, status and milliseconds: no query, cookie, body or address of a reader.
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
    """Not sooner: Django's own lines about an answer come after all middleware."""
    request_id.set("")

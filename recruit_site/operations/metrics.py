"""Figures about requests, in the form that Prometheus reads. Only with METRICS_TOKEN.

Gunicorn's processes share them in files in PROMETHEUS_MULTIPROC_DIR (see server.py).
"""

import os
import time

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Histogram(
    "recruit_request_seconds",
    "Requests that Django handled, by the time they took.",
    ["method", "view", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
PUBLISHED = Counter(
    "recruit_published",
    "Answers for published pages, from memory but for those that Django has just made, by status.",
    ["status"],
)
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}


def count_requests(get_response):
    """Middleware: count every request under its view, not its path, for what may be asked for has no end.

    /metrics answers with the figures of all processes of this machine to whoever sends the token as a bearer's, and
    is not there for anyone else.
    """

    def middleware(request):
        if request.path_info == "/metrics":
            if not is_allowed(request):
                return HttpResponseNotFound()
            return HttpResponse(figures(), content_type=CONTENT_TYPE_LATEST)
        began = time.perf_counter()
        response = get_response(request)
        method = request.method if request.method in METHODS else "other"
        view = request.resolver_match.view_name if request.resolver_match else "none"
        REQUESTS.labels(method, view, response.status_code).observe(time.perf_counter() - began)
        return response

    return middleware


def count_published(status):
    """Count an answer of the layer in front of Django by its status line."""
    PUBLISHED.labels(status[:3]).inc()


def is_allowed(request):
    return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")


def figures():
    """Return all figures as bytes."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry)

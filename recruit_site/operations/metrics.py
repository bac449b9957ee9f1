"""Prometheus metrics of requests. settings.py installs them only if METRICS_TOKEN is set.

Gunicorn's processes share the metrics through files in PROMETHEUS_MULTIPROC_DIR (see gunicorn_conf.py).
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
    """Middleware: count requests by view, not by path, because the number of possible paths has no limit.

    /metrics returns the metrics of all processes of this machine to a request with the bearer token, and 404 without.
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
    """Count a response of the page cache by its status line, such as "200 OK"."""
    PUBLISHED.labels(status[:3]).inc()


def is_allowed(request):
    return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")


def figures():
    """Return all metrics in Prometheus' text format, as bytes."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry)

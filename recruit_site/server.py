"""Gunicorn's settings, from the environment where they depend on the machine."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # one copy of the code in memory, and a broken setting ends the start at once
limit_request_line = 8190  # gunicorn's maximum: the site itself refuses long queries, in its own words
timeout = 30
graceful_timeout = 20
accesslog = None
errorlog = "-"
loglevel = "warning"

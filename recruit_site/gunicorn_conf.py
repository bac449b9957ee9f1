"""The settings of gunicorn, the web server; host, port and number of processes come from the environment."""

import os
import tempfile

from recruit_site.environment import Environment, port, processes

env = Environment()

host = env.optional("HOST", "127.0.0.1")
number = env.optional("PORT", 8000, port)
bind = f"{f'[{host}]' if ':' in host else host}:{number}"
workers = env.optional("WEB_CONCURRENCY", 2, processes)
worker_class = "gthread"
threads = 4
preload_app = True  # processes share one copy of the code, and a broken setting ends the start at once
# gunicorn's maximum. Except for the search, the site itself refuses queries longer than a quarter of it.
limit_request_line = 8190
forwarder_headers = ""  # no header such as SCRIPT_NAME can move the site to another path
timeout = 30
graceful_timeout = 20
keepalive = 20  # longer than the proxy's own timeout of idle connections (15 s, deploy/nginx.conf)
control_socket_disable = True  # its default folder is the home directory, which machines may share
# The log handlers come from LOGGING of the Django settings, which are loaded before the workers start. With
# `logconfig_dict` gunicorn would format an access line for every request, even if no handler writes it.
errorlog = None

# prometheus_client shares metrics between processes through files in this folder, and reads the variable on import.
if env.variables.get("METRICS_TOKEN"):
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-"))

"""Settings of gunicorn, the web server: its public settings alone, from the environment where machines differ."""

import os
import tempfile

from recruit_site.environment import Environment, port, processes

env = Environment()

host = env.optional("HOST", "127.0.0.1", purpose="the address to listen on", example="127.0.0.1")
number = env.optional("PORT", 8000, purpose="the port to listen on", example="8000", parse=port)
bind = f"{f'[{host}]' if ':' in host else host}:{number}"
workers = env.optional(
    "WEB_CONCURRENCY", 2, purpose="the number of server processes, one for each core", example="2", parse=processes
)
worker_class = "gthread"
threads = 4
preload_app = True  # one copy of the code in memory, and a broken setting ends the start at once
limit_request_line = (
    8190  # gunicorn's maximum; the site itself refuses queries over a quarter of that, but for the search
)
forwarder_headers = ""  # nobody moves the site to another path by a header
timeout = 30
graceful_timeout = 20
keepalive = 20  # a proxy in front closes its idle connections sooner: deploy/nginx.conf
control_socket_disable = True  # its default place is the home directory, which machines may share
# Handlers come from LOGGING of the Django settings, which are loaded before the workers start. With `logconfig_dict`
# gunicorn would compose an access line for every request, even if nobody writes it.
errorlog = None

# prometheus_client shares figures between processes through files there; it reads the variable when it is imported.
if env.variables.get("METRICS_TOKEN"):
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-"))

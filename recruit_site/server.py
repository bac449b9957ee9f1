"""Gunicorn's settings, from the environment where they depend on the machine."""

import ctypes
import os
import socket
import struct
import sys
import tempfile

import gunicorn.glogging
import gunicorn.util

from recruit_site.delivery.worker import Worker
from recruit_site.environment import Environment, log_format, port, processes
from recruit_site.errors import UNREADABLE_REQUEST_PAGE
from recruit_site.headers import headers
from recruit_site.logs import configuration

env = Environment()

SO_ATTACH_FILTER = 26  # as <asm-generic/socket.h> names it


def when_ready(arbiter):
    """Let the system begin no connection once the server stops: gunicorn calls this when it starts.

    Between a process's last look at a listening socket and its closing, the system would take connections that nobody
    serves. So the socket first drops the segments that ask for one (SYN, RFC 9293); who sent it asks again within a
    second, and is refused.
    """
    stop = arbiter.stop

    def stop_listening_first(graceful=True):
        for listener in arbiter.LISTENERS:
            drop_requests_for_connections(listener)
        stop(graceful)

    if sys.platform == "linux":
        arbiter.stop = stop_listening_first


def drop_requests_for_connections(listener):
    """Put a filter (BPF, as in <linux/filter.h>) on a socket that lets all segments pass but those with SYN."""
    load_flags, has_syn, drop, keep = (0x30, 0, 0, 13), (0x45, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, 0xFFFFFFFF)
    program = b"".join(struct.pack("HBBI", *step) for step in (load_flags, has_syn, drop, keep))
    steps = ctypes.create_string_buffer(program)
    listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", 4, ctypes.addressof(steps)))


class Logger(gunicorn.glogging.Logger):
    """Gunicorn's, without lines for answered requests: recruit_site.logs writes one for each that Django handles.

    With a configuration of its own, gunicorn's would put together a line for every request and then drop it.
    """

    access_log_enabled = False


host = env.optional("HOST", "127.0.0.1", purpose="the address to listen on", example="127.0.0.1")
number = env.optional("PORT", 8000, purpose="the port to listen on", example="8000", parse=port)
bind = f"{f'[{host}]' if ':' in host else host}:{number}"
workers = env.optional(
    "WEB_CONCURRENCY", 2, purpose="the number of server processes, one for each core", example="2", parse=processes
)
worker_class = Worker
threads = 4
preload_app = True  # one copy of the code in memory, and a broken setting ends the start at once
limit_request_line = (
    8190  # gunicorn's maximum; the site itself refuses queries over a quarter of that, but for the search
)
forwarder_headers = ""  # nobody moves the site to another path by a header
timeout = 30
graceful_timeout = 20
keepalive = 20  # a proxy in front closes its idle connections sooner: deploy/nginx.conf
control_socket_disable = True  # it lies in the home, which machines may share
logger_class = Logger
logconfig_dict = configuration(
    env.optional("LOG_FORMAT", "json", purpose="the form of the log, json or text", example="json", parse=log_format)
)

# Where the processes put their figures together. It must be there before they are imported.
if env.variables.get("METRICS_TOKEN"):
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-"))

# The C library of most systems (glibc) learns to keep large pieces of memory that were freed; a process would then
# hold for ever what a large picture once needed. From a million bytes on it gives them back.
M_MMAP_THRESHOLD = -3  # as <malloc.h> names it
if hasattr(libc := ctypes.CDLL(None), "mallopt"):
    libc.mallopt(M_MMAP_THRESHOLD, 1_000_000)


def write_error(sock, status_int, reason, mesg):
    """Answer a request that gunicorn cannot read (too long, not HTTP) with the site's own page.

    Takes the place of gunicorn's function of that name, which sends a bare English page. An unknown coding of the
    body is 400, not 501: what a reader can send by himself is never counted as a failure of the server.
    """
    status_int = 400 if status_int == 501 else status_int
    said = {
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": len(UNREADABLE_REQUEST_PAGE),
        **headers(),
    }
    lines = [f"HTTP/1.1 {status_int} {reason}", *(f"{name}: {value}" for name, value in said.items()), "", ""]
    gunicorn.util.write_nonblock(sock, "\r\n".join(lines).encode("ascii") + UNREADABLE_REQUEST_PAGE)


gunicorn.util.write_error = write_error

"""A live site for tests: run as `make serve` runs it, on a free port and with a database of its own."""

import atexit
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.page_text import shown

ROOT = Path(__file__).resolve().parent.parent
#: The Python packages of the site.
PACKAGES = ("recruit_site", "careers", "interviews", "faq")
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:recruit_site.gunicorn_conf", "recruit_site.wsgi"]
EDITOR = {"DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": "a long enough password"}


class Response(NamedTuple):
    status: int
    body: str


class Site(NamedTuple):
    """A running site: its URL without a final slash, the environment variables of its commands, the server's PID."""

    url: str
    environment: dict
    process: int = 0

    def get(self, path):
        return send(self.url + path)

    def manage(self, *command):
        manage(self.environment, *command)

    @property
    def paths(self):
        """The path of every page in the sitemap."""
        return [path for file in self.listed("/sitemap.xml") for path in self.listed(file)]

    def listed(self, file):
        """Return the paths that a sitemap index or a sitemap lists."""
        return [urlsplit(address).path for address in re.findall(r"<loc>(.*?)</loc>", self.get(file).body)]


def send(url, body=None, kind=""):
    """Send a GET request to a URL on this machine, or a POST request if there is a body. Return the Response."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    try:
        target = parts._replace(scheme="", netloc="").geturl()
        headers = {"User-Agent": "tests"} | ({"Content-Type": kind} if kind else {})
        connection.request("POST" if body else "GET", target, body, headers)
        response = connection.getresponse()
        return Response(response.status, shown(response.read()))
    finally:
        connection.close()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def manage(environment, *command):
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)  # noqa: S603


def shell(environment, code):
    """Run Python code in the site's shell and return the value that the code prints as JSON."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    process = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(process.stdout)


def wait_for(condition, seconds=60):
    """Call a condition until it is true. Fail after `seconds`, which is far more than any condition needs."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"it did not come to pass within {seconds} seconds"
        time.sleep(0.02)


@contextmanager
def started(command, url, **options):
    """Run a server until the end of the block. Yield its process as soon as it answers at the URL.

    Raises RuntimeError where the server ends, or does not answer within two minutes.
    """
    server = subprocess.Popen(command, cwd=ROOT, **options)  # noqa: S603
    try:
        for _attempt in range(1200):
            try:
                send(url)
                break
            except OSError:
                if server.poll() is not None:
                    raise RuntimeError(f"{command[0]} ended with status {server.returncode}") from None
                time.sleep(0.1)
        else:
            raise RuntimeError(f"{url} does not answer within two minutes")
        yield server
    finally:
        server.terminate()
        server.wait(timeout=120)


def environment(folder, **settings):
    """Return the environment variables of a site on a free port, with its database and media in `folder`.

    `settings` override the variables.
    """
    port = free_port()
    return os.environ | {
        "HOST": "127.0.0.1",
        "WEB_CONCURRENCY": "1",  # so the process that makes a change also answers the next request
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "SECRET_KEY": "a secret for the tests alone, " * 2,
        **EDITOR,
        **settings,
    }


@cache
def new_database():
    """Return the folder of a database made by the command `prepare`, once for all sites of this process."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    manage(environment(folder.name), "prepare")
    return Path(folder.name)


@contextmanager
def running(folder, database=None, stderr=None, **settings):
    """Run a site on a database of its own in `folder`, and yield its Site. The content is that of the fixtures.

    `database` is an SQLite file to copy instead; `stderr` is the file that gets the log.
    """
    variables = environment(folder, **settings)
    if database:
        shutil.copy(database, Path(folder) / "db.sqlite3")
    else:
        prepare(folder, variables)
    with served(variables, stderr=stderr) as site:
        yield site


def prepare(folder, variables):
    """Create the site's database with the content of the fixtures; copy new_database() if it is in `folder`."""
    if variables["DATABASE_URL"] == f"sqlite:///{folder}/db.sqlite3":
        shutil.copy(new_database() / "db.sqlite3", folder)
    else:
        manage(variables, "prepare")


@contextmanager
def served(environment, **options):
    """Run the server of a site whose database exists, and yield its Site. `options` are those of Popen."""
    url = f"http://{environment['HOST']}:{environment['PORT']}"
    with started(GUNICORN, f"{url}/healthz", env=environment, **options) as server:
        yield Site(url, environment, server.pid)


@contextmanager
def beside(site):
    """Run a second server of the site, as on another machine with the same database, and yield its Site."""
    with served(site.environment | {"PORT": str(free_port())}) as second_site:
        yield second_site


def memory_of_workers(site):
    """Return the resident memory (RSS) of each worker of a running site, in MB."""
    children = Path(f"/proc/{site.process}/task/{site.process}/children").read_text().split()
    return [rss(child) for child in children]


def rss(process):
    match = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(match[1]) / 1024

"""A throw-away PostgreSQL and Valkey from the system's packages, on sockets in a temporary folder.

`python -m tests.services COMMAND…` runs a command with their addresses in TEST_DATABASE_URL and TEST_CACHE_URL, stops
both whatever became of it, and ends with its status.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

NEEDED = (
    "It needs PostgreSQL 15 or later and Valkey or Redis: apt-get install postgresql valkey-server (or redis-server)"
)
#: Nothing here outlives a test, so nothing need reach the disk.
HASTE = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def missing():
    """Return what cannot be started here, as a sentence, or an empty string."""
    lacking = [name for name, found in (("PostgreSQL", postgresql()), ("Valkey", valkey())) if not found]
    return f"{' and '.join(lacking)} cannot be found. {NEEDED}" if lacking else ""


def postgresql():
    """Return the folder of PostgreSQL's programs: Debian keeps them off the path, one folder for each version."""
    found = shutil.which("postgres")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return Path(found).resolve().parent if found else versions[-1].parent if versions else None


def valkey():
    return shutil.which("valkey-server") or shutil.which("redis-server")


def as_user():
    """Return as whom Popen starts them: PostgreSQL refuses to run as root, and the package brings a user for it."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def folder():
    """A new folder that belongs to whom they run as."""
    path = Path(tempfile.mkdtemp(prefix="services-"))
    try:
        if os.geteuid() == 0:
            os.chown(path, pwd.getpwnam("postgres").pw_uid, -1)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Service:
    """A program that is started and stopped, more than once if need be."""

    def __init__(self, path):
        self.path = path
        self.process = None

    def start(self):
        with (self.path / f"{type(self).__name__}.log").open("ab") as log:
            # In a session of its own: Ctrl+C is for whoever uses it, who stops it in the end.
            self.process = subprocess.Popen(
                self.command(), cwd=self.path, stdout=log, stderr=log, start_new_session=True, **as_user()
            )
        for _attempt in range(2400):
            if self.answers():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"{type(self).__name__} did not start:\n{Path(log.name).read_text()}")

    def stop(self):
        """Stop it as an operator would, at once: what is connected is cut off."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=120)

    @contextmanager
    def running(self):
        self.start()
        try:
            yield self
        finally:
            self.stop()


class PostgreSQL(Service):
    def __init__(self, path):
        super().__init__(path)
        self.url = f"postgres://recruit@{quote(str(path), safe='')}/recruit"
        self.run("initdb", "--pgdata=data", "--username=recruit", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")

    def run(self, program, *arguments):
        command = [postgresql() / program, *arguments]
        subprocess.run(command, cwd=self.path, capture_output=True, check=True, **as_user())

    def command(self):
        where = ("-D", "data", "-k", self.path, "-c", "listen_addresses=")
        return [postgresql() / "postgres", *where, *HASTE]

    def answers(self):
        return subprocess.run([postgresql() / "pg_isready", "--quiet", f"--host={self.path}"]).returncode == 0

    def create(self):
        self.run("createdb", f"--host={self.path}", "--username=recruit", "recruit")


class Valkey(Service):
    def __init__(self, path):
        super().__init__(path)
        self.socket = path / "valkey"
        self.url = f"unix://{self.socket}"

    def command(self):
        return [valkey(), "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", self.path]

    def answers(self):
        return self.socket.is_socket()


@contextmanager
def database():
    """Yield a PostgreSQL with an empty database, running."""
    with folder() as path, PostgreSQL(path).running() as running:
        running.create()
        yield running


@contextmanager
def services():
    """Yield a PostgreSQL with an empty database and a Valkey, both running."""
    with database() as server, folder() as path, Valkey(path).running() as cache:
        yield server, cache


def main(command):
    if lacking := missing():
        sys.exit(lacking)
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    with services() as (server, cache):
        addresses = {"TEST_DATABASE_URL": server.url, "TEST_CACHE_URL": cache.url}
        return subprocess.run(command, env=os.environ | addresses).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A throw-away PostgreSQL and Valkey from the system's packages, on sockets in a temporary folder.

`python -m tests.services COMMAND…` runs a command with their URLs in TEST_DATABASE_URL and TEST_CACHE_URL, stops both
servers in any case, and exits with the command's status.
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
#: Settings that do not wait for the disk, because no data outlives the tests.
HASTE = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def missing():
    """Return a sentence with the servers that are not installed, "" if both are."""
    lacking = [name for name, program in (("PostgreSQL", postgresql()), ("Valkey", valkey())) if not program]
    return f"{' and '.join(lacking)} cannot be found. {NEEDED}" if lacking else ""


def postgresql():
    """Return the folder of PostgreSQL's programs, None where it is not installed.

    Debian has one folder for each version, none of them on the PATH.
    """
    program = shutil.which("postgres")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return Path(program).resolve().parent if program else versions[-1].parent if versions else None


def valkey():
    return shutil.which("valkey-server") or shutil.which("redis-server")


def as_user():
    """Return Popen's options for the user of the servers: "postgres", which the package creates, instead of root.

    PostgreSQL refuses to run as root.
    """
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def folder():
    """Yield a new temporary folder that belongs to the user of the servers."""
    path = Path(tempfile.mkdtemp(prefix="services-"))
    try:
        if os.geteuid() == 0:
            os.chown(path, pwd.getpwnam("postgres").pw_uid, -1)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Service:
    """A server that can be started and stopped repeatedly. `path` is its working directory."""

    def __init__(self, path):
        self.path = path
        self.process = None

    def start(self):
        with (self.path / f"{type(self).__name__}.log").open("ab") as log:
            # In a session of its own, so that Ctrl+C reaches only the calling process, which then stops the server.
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
        """Stop the server at once, as an operator would; it closes all connections."""
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
    """Yield a running PostgreSQL with an empty database."""
    with folder() as path, PostgreSQL(path).running() as running:
        running.create()
        yield running


@contextmanager
def services():
    """Yield a running PostgreSQL with an empty database, and a running Valkey."""
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

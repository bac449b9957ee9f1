"""Settings from the environment: each is named, explained and shown by example where it is wrong."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import load_backend


class Environment:
    """Reads settings from a mapping of environment variables.

    A missing or malformed setting ends the process with one line on standard error
    (exit status 78, EX_CONFIG of sysexits.h), so that whoever starts the site reads what to do
    instead of a traceback.
    """

    def __init__(self, variables=os.environ):
        self.variables = variables

    def required(self, name, *, purpose, example, parse=str):
        """Return `parse(value)` of a variable that must be set.

        `parse` takes the string and raises ValueError with a reason where it does not fit.
        """
        value = self.variables.get(name, "").strip()
        if not value:
            self._stop(name, "is not set", purpose, example)
        return self._parsed(name, value, purpose, example, parse)

    def optional(self, name, default, *, purpose, example, parse=str):
        """Return `parse(value)`, or `default` where the variable is empty or not set."""
        value = self.variables.get(name, "").strip()
        return self._parsed(name, value, purpose, example, parse) if value else default

    def _parsed(self, name, value, purpose, example, parse):
        try:
            return parse(value)
        except ValueError as error:
            self._stop(name, f"cannot be used ({error})", purpose, example)

    @staticmethod
    def _stop(name, fault, purpose, example):
        sys.stderr.write(f"Setting {name} {fault}. It is {purpose}. Example: {name}={example}\n")
        raise SystemExit(78)


def secret(value):
    if len(value) < 50:
        raise ValueError(f"it has {len(value)} characters and needs at least 50")
    return value


#: A name, a name with its subdomains (.example.go.jp), an IPv6 address in brackets, or * for any.
HOST_NAME = re.compile(r"\*|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\]")


def hosts(value):
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names or not all(HOST_NAME.fullmatch(name) for name in names):
        raise ValueError("give host names only, separated by commas, without http://, port or path")
    return names


def origin(value):
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not HOST_NAME.fullmatch(re.sub(r":\d+$", "", parts.netloc)):
        raise ValueError("it must start with http:// or https:// and name a host")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("it must end after the host, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def folder_address(value):
    if not value.startswith(("http://", "https://")) or not value.endswith("/"):
        raise ValueError("it must start with http:// or https:// and end in a slash")
    return value


def contacts(value):
    found = [contact.strip() for contact in value.split(",") if contact.strip()]
    if not found or not all(re.fullmatch(r"(mailto:[^@\s]+@|https://|tel:\+?)[^@\s]+", contact) for contact in found):
        raise ValueError("each must start with mailto:, https:// or tel:; they are separated by commas")
    return found


def page_address(value):
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("it must start with http:// or https:// and have no ? or #")
    return value


#: Writers wait for each other instead of failing, and readers never wait for a writer. What was committed outlives the
#: machine: SQLite's own `synchronous=FULL` stays, under which each commit reaches the disk before it is answered for.
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"}


def database(value):
    """Return Django's settings of a database from its address. What the address says in its query comes first."""
    try:
        found = dj_database_url.parse(value, conn_health_checks=True)
        load_backend(found["ENGINE"])
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ImproperlyConfigured) as error:
        raise ValueError(str(error).strip().splitlines()[0]) from error
    options = found.get("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        folder = Path(found["NAME"]).parent
        if found["NAME"] != ":memory:" and not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        # Held as long as the process lives: with the last connection goes the index of the log beside the file, and on
        # a full disk none could be made again, so that nobody could read either.
        found |= {"OPTIONS": options | SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    if found["ENGINE"].endswith("postgresql"):
        if not found["NAME"]:
            raise ValueError("it must name a database after the host")
        from recruit_site.operations.postgresql_pool import OPTIONS  # only where there is one, as for the cache

        found["OPTIONS"] = OPTIONS | options
    return found


#: Seconds. A cache that takes longer costs more than it saves.
CACHE_OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "health_check_interval": 30}


def cache(value):
    """Return Django's settings of a cache from the address of a Valkey or Redis."""
    from redis.connection import parse_url  # only where there is one: importing it takes longer than all else

    try:
        parse_url(value)
    except ValueError as error:  # its own words may repeat the password
        raise ValueError("it must look like redis://:password@host:6379/0, the password percent-encoded") from error
    return {
        "BACKEND": "recruit_site.operations.redis_cache.ForgivingRedisCache",
        "LOCATION": value,
        "KEY_PREFIX": "recruit_site",
        "OPTIONS": CACHE_OPTIONS,
    }


def bucket(value):
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", value):
        raise ValueError("a bucket has 3 to 63 small letters, digits, dots or hyphens")
    return value


def choice(*words):
    """Return a function that takes one of some words."""

    def parse(value):
        if value not in words:
            raise ValueError(f"it must be {', '.join(words[:-1])} or {words[-1]}")
        return value

    return parse


def number(least, most):
    """Return a function that takes a whole number within limits."""

    def parse(value):
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ValueError(f"it must be a number from {least} to {most}")
        return int(value)

    return parse


#: First parts of addresses that are others' already.
TAKEN = {"ja", "en", "api", "preview", "static", "media", "styleguide", "healthz", "readyz", "metrics"}


def folder_name(value):
    """Return the first part of an address with its final slash, as a path of the urlconf begins."""
    name = value.strip("/")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError("it must be one word of small letters, digits and hyphens")
    if name in TAKEN:
        raise ValueError(f"/{name}/ belongs to other pages")
    return f"{name}/"


def log_format(value):
    if value not in {"json", "text"}:
        raise ValueError("it must be json or text")
    return value


def port(value):
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError("it must be a number from 1 to 65535")
    return int(value)


def processes(value):
    if not value.isdigit() or not 0 < int(value) < 1000:
        raise ValueError("it must be a number from 1 to 999")
    return int(value)


def megabytes(value):
    """Return a number of megabytes in bytes, 0 for off."""
    if value.lower() == "off":
        return 0
    if not value.isdigit() or not 0 < int(value) < 100_000:
        raise ValueError("it must be off or a number from 1 to 99999")
    return int(value) * 1_000_000


def switch(value):
    if value.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError("it must be true or false")
    return value.lower() in {"1", "true", "yes"}

"""The reading of settings from environment variables, and the functions that parse their values.

A parse function takes the string of a variable and returns the setting. It raises ValueError with a reason, which
completes the sentence "Setting NAME cannot be used (…)".
"""

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import load_backend

#: The purpose of each setting and an example value, for the message where it is missing or malformed.
DESCRIPTIONS = {
    "DEBUG": ("a switch for development; never true on a public server", "false"),
    "SECRET_KEY": (
        "the secret that signs sessions and links, at least 50 random characters",
        "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
    ),
    "ALLOWED_HOSTS": (
        "the list of host names that the site answers to",
        "recruit.example.go.jp,www.recruit.example.go.jp",
    ),
    "SITE_URL": (
        "the public address of the site, used in canonical links and the sitemap",
        "https://recruit.example.go.jp",
    ),
    "CACHE_URL": ("the address of a Valkey or Redis that all processes share", "redis://cache.example.go.jp:6379/0"),
    "STATIC_ROOT": ("the folder for collected static files", "/var/lib/recruit-site/static"),
    "MEDIA_ROOT": ("the folder for uploaded pictures", "/var/lib/recruit-site/media"),
    "MEDIA_URL": (
        "the address under which another server serves that folder",
        "https://pictures.recruit.example.go.jp/",
    ),
    "S3_BUCKET": ("the name of the bucket for uploaded pictures, in an S3-compatible store", "recruit-pictures"),
    "S3_ENDPOINT_URL": ("the address of that store where it is not Amazon's", "https://objects.example.go.jp"),
    "LIVE_SEARCH_URL": (
        "the address of a running site's search, which the static export leads to",
        "https://search.recruit.example.go.jp/{language}/search/",
    ),
    "FOUR_EYES": ("a switch: true where nobody may publish what they wrote themselves", "true"),
    "PAGE_CACHE_MB": ("the memory of each server process for published pages, in megabytes, or off", "32"),
    "ADMIN_PATH": ("the first part of the admin's addresses, small letters, digits and hyphens", "desk-7f3k"),
    "SECOND_FACTOR": ("whom signing in demands a second factor of: off, approvers or everyone", "approvers"),
    "BEHIND_PROXY": (
        "a switch: true where a proxy ends HTTPS and sets X-Forwarded-Proto, -For and X-Request-ID itself",
        "true",
    ),
    "SECURITY_CONTACT": (
        "the list of addresses in security.txt, each with mailto:, https: or tel:",
        "mailto:security@recruit.example.go.jp",
    ),
    "SECURITY_POLICY": (
        "the address of the page that security.txt names for how reports are dealt with",
        "https://recruit.example.go.jp/vulnerabilities/",
    ),
    "METRICS_TOKEN": (
        "the secret with which a Prometheus reads /metrics, at least 50 random characters",
        "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
    ),
    "DATABASE_URL": ("the address of the database", "sqlite:////var/lib/recruit-site/db.sqlite3"),
    "SESSION_IDLE_MINUTES": ("the minutes after which someone who does nothing is signed out", "60"),
    "SESSION_HOURS": ("the hours after which everyone signs in again", "12"),
    "LOG_FORMAT": ("the form of the log, json for programs or text for people", "json"),
    "HOST": ("the address to listen on", "127.0.0.1"),
    "PORT": ("the port to listen on", "8000"),
    "WEB_CONCURRENCY": ("the number of server processes, one for each core", "2"),
}


class Environment:
    """A reader of settings from a mapping of environment variables.

    A missing or malformed setting ends the process with exit status 78 (EX_CONFIG of sysexits.h) and one line on
    standard error, which names the setting, its purpose and an example. So the operator gets an instruction instead
    of a traceback.
    """

    def __init__(self, variables=os.environ):
        self.variables = variables

    def required(self, name, parse=str):
        """Return `parse(value)` of a variable that must be set."""
        value = self.variables.get(name, "").strip()
        if not value:
            self._stop(name, "is not set")
        return self._parsed(name, value, parse)

    def optional(self, name, default, parse=str):
        """Return `parse(value)`, or `default` where the variable is empty or not set."""
        value = self.variables.get(name, "").strip()
        return self._parsed(name, value, parse) if value else default

    def _parsed(self, name, value, parse):
        try:
            return parse(value)
        except ValueError as error:
            self._stop(name, f"cannot be used ({error})")

    @staticmethod
    def _stop(name, fault):
        purpose, example = DESCRIPTIONS[name]
        sys.stderr.write(f"Setting {name} {fault}. It is {purpose}. Example: {name}={example}\n")
        raise SystemExit(78)


def secret(value):
    if len(value) < 50:
        raise ValueError(f"it has {len(value)} characters and needs at least 50")
    return value


#: A host name, a domain with all subdomains (.example.go.jp), an IPv6 address in brackets, or * for any host.
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
    addresses = [address.strip() for address in value.split(",") if address.strip()]
    pattern = r"(mailto:[^@\s]+@|https://|tel:\+?)[^@\s]+"
    if not addresses or not all(re.fullmatch(pattern, address) for address in addresses):
        raise ValueError("each must start with mailto:, https:// or tel:; they are separated by commas")
    return addresses


def page_address(value):
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("it must start with http:// or https:// and have no ? or #")
    return value


#: Writers wait up to 20 seconds for each other instead of failing, and readers never wait for a writer (WAL). SQLite's
#: default `synchronous=FULL` stays: each commit is on the disk before it returns, and survives a crash of the machine.
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"}


def database(value):
    """Return the entry of DATABASES for a database URL.

    Options in the query of a PostgreSQL URL override the site's own; for SQLite the site's own come first.
    """
    try:
        config = dj_database_url.parse(value, conn_health_checks=True)
        load_backend(config["ENGINE"])
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ImproperlyConfigured) as error:
        raise ValueError(str(error).strip().splitlines()[0]) from error
    options = config.get("OPTIONS", {})
    if config["ENGINE"].endswith("sqlite3"):
        folder = Path(config["NAME"]).parent
        if config["NAME"] != ":memory:" and not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        # Connections stay open as long as the process lives. SQLite deletes the index of the write-ahead log (-shm)
        # with the last connection; on a full disk it could not make a new one, and even reading would fail.
        config |= {"OPTIONS": options | SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    if config["ENGINE"].endswith("postgresql"):
        if not config["NAME"]:
            raise ValueError("it must name a database after the host")
        from recruit_site.operations.postgresql_pool import OPTIONS  # needed only with PostgreSQL

        config["OPTIONS"] = OPTIONS | options
    return config


#: In seconds. A cache that answers later costs more time than it saves.
CACHE_OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "health_check_interval": 30}


def cache(value):
    """Return the entry of CACHES for the URL of a Valkey or Redis server."""
    from redis.connection import parse_url  # a slow import, needed only with a cache

    try:
        parse_url(value)
    except ValueError as error:  # redis' own message may contain the password
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
    """Return a parse function that accepts one of some words."""

    def parse(value):
        if value not in words:
            raise ValueError(f"it must be {', '.join(words[:-1])} or {words[-1]}")
        return value

    return parse


def number(least, most):
    """Return a parse function that accepts a whole number from `least` to `most`."""

    def parse(value):
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ValueError(f"it must be a number from {least} to {most}")
        return int(value)

    return parse


#: First path segments that other pages use.
TAKEN = {"ja", "en", "api", "preview", "static", "media", "styleguide", "healthz", "readyz", "metrics"}


def folder_name(value):
    """Return the first path segment of an address with a final slash and without a leading one ("admin/")."""
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
    """Return the number of bytes for a number of megabytes, 0 for "off"."""
    if value.lower() == "off":
        return 0
    if not value.isdigit() or not 0 < int(value) < 100_000:
        raise ValueError("it must be off or a number from 1 to 99999")
    return int(value) * 1_000_000


def switch(value):
    if value.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError("it must be true or false")
    return value.lower() in {"1", "true", "yes"}

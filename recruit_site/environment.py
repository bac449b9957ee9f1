"""Settings from the environment: each is named, explained and shown by example where it is wrong."""

import os
import sys
from urllib.parse import urlsplit

import dj_database_url


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


def hosts(value):
    names = [name.strip() for name in value.split(",") if name.strip()]
    wrong = [name for name in names if "/" in name or " " in name]
    if wrong or not names:
        raise ValueError("give host names only, separated by commas, without http:// or a path")
    return names


def origin(value):
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("it must start with http:// or https:// and name a host")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("it must end after the host, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def database(value):
    try:
        return dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ValueError(str(error).splitlines()[0]) from error


def switch(value):
    if value.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError("it must be true or false")
    return value.lower() in {"1", "true", "yes"}

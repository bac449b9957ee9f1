"""Settings from the environment: a missing or malformed one ends the start with one line that names and explains it."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from recruit_site.environment import DESCRIPTIONS, Environment, cache, database, secret

GOOD = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "recruit.example.go.jp",
    "SITE_URL": "https://recruit.example.go.jp",
    "DATABASE_URL": "sqlite://:memory:",
}


def start(**variables):
    """Run `manage.py check` in a process with the variables of GOOD and these; the value None removes a variable."""
    environment = {"PATH": os.environ["PATH"]} | GOOD | variables
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
    )


def test_good_settings_start():
    result = start()
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("name", GOOD)
def test_missing_setting_is_named_explained_and_shown(name):
    result = start(**{name: None})
    assert result.returncode == 78
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"Setting {name} is not set. It is the ")
    assert f"Example: {name}=" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "short", "it has 5 characters and needs at least 50"),
        ("ALLOWED_HOSTS", "https://recruit.example.go.jp", "give host names only"),
        ("ALLOWED_HOSTS", " , ", "give host names only"),
        ("SITE_URL", "recruit.example.go.jp", "it must start with http:// or https://"),
        ("SITE_URL", "https://recruit.example.go.jp/ja/", "it must end after the host"),
        ("DATABASE_URL", "oracle-of-delphi://x", "oracle-of-delphi"),
        ("ALLOWED_HOSTS", "recruit.example.go.jp:8000", "give host names only"),
        ("SITE_URL", "http://exa mple", "it must start with http:// or https://"),
        ("SITE_URL", "https://:443", "it must start with http:// or https://"),
        ("DATABASE_URL", "sqlite:////no/such/folder/db.sqlite3", "there is no folder /no/such/folder"),
        ("DATABASE_URL", "postgres://user:password@host:port/name", "not a valid url"),
        ("DATABASE_URL", "postgres://user@host/", "it must name a database after the host"),
        ("CACHE_URL", "cache.example.go.jp:6379", "redis://"),
        ("SECURITY_CONTACT", "security@recruit.example.go.jp", "each must start with mailto:"),
        ("S3_BUCKET", "https://objects.example.go.jp/pictures", "a bucket has 3 to 63 small letters"),
        ("S3_ENDPOINT_URL", "objects.example.go.jp", "it must start with http:// or https://"),
        ("DEBUG", "maybe", "it must be true or false"),
        ("BEHIND_PROXY", "2", "it must be true or false"),
    ],
)
def test_malformed_setting_is_named_with_the_reason(name, value, reason):
    result = start(**{name: value})
    assert result.returncode == 78
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"Setting {name} cannot be used (")
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("name", "value"), [("PORT", "99999"), ("PORT", "abc"), ("WEB_CONCURRENCY", "two")])
def test_malformed_setting_of_the_server_is_named_too(name, value):
    result = subprocess.run(
        [sys.executable, "-c", "import recruit_site.gunicorn_conf"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]} | GOOD | {name: value},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 78
    assert result.stderr.startswith(f"Setting {name} cannot be used (")


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (secret, "my-secret"),
        (database, "my-secret"),
        (database, "postgres://user:my-secret#1@host/name"),
        (database, "postgres://user:my-secret@host/"),
        (cache, "redis://:my-secret#1@host:6379/0"),
        (cache, "redis://:my-secret@host:port/0"),
        (cache, "my-secret"),
    ],
)
def test_secret_is_not_repeated_in_the_message(parse, value, capsys):
    with pytest.raises(SystemExit):
        Environment({"SECRET_KEY": value}).required("SECRET_KEY", parse)
    message = capsys.readouterr().err
    assert message.startswith("Setting SECRET_KEY cannot be used (")
    assert "my-secret" not in message


def test_public_server_passes_djangos_deployment_check():
    environment = (
        {"PATH": os.environ["PATH"]} | GOOD | {"SECRET_KEY": "k3v9" * 5 + "abcdefghijklmnopqrstuvwxyz0123456789"}
    )
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_every_setting_of_the_environment_is_described_and_in_the_example_file():
    settings_file = (settings.BASE_DIR / "recruit_site" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r'env\.(?:required|optional)\(\s*"(\w+)"', settings_file))
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    assert named == {name for name in named if re.search(rf"^#?{name}=", example, re.MULTILINE)}
    assert set(DESCRIPTIONS) == named | {"HOST", "PORT", "WEB_CONCURRENCY"}
    assert set(GOOD) <= named

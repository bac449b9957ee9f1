"""The settings that Wagtail's production settings import last. The database has the same options as the site's."""

from .base import DATABASES

SECRET_KEY = "of a site that is thrown away after it was measured"
ALLOWED_HOSTS = ["127.0.0.1"]
LANGUAGE_CODE = "ja"
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"},
}

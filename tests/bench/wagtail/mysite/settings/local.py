"""What Wagtail's settings for production read at their end. The database is opened as our own is."""

from .base import DATABASES

SECRET_KEY = "of a site that is thrown away after it was measured"
ALLOWED_HOSTS = ["127.0.0.1"]
LANGUAGE_CODE = "ja"
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"},
}

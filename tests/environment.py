"""The environment of the tests, set before Django reads its settings (`-p tests.environment`)."""

import atexit
import os
import shutil
import tempfile

MEDIA = tempfile.mkdtemp()
atexit.register(shutil.rmtree, MEDIA, ignore_errors=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="recruit_site.settings",
    SECRET_KEY="a secret for the tests alone, " * 2,
    ALLOWED_HOSTS="testserver",
    SITE_URL="http://testserver",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:"),
    CACHE_URL=os.environ.get("TEST_CACHE_URL", ""),
    MEDIA_ROOT=MEDIA,
)

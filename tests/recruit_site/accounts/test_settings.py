"""The path of the admin and the names of its cookies under other settings."""

import os
import re
import subprocess
import sys
from importlib import reload

import pytest
from django.conf import settings
from django.urls import clear_url_caches

from recruit_site import urls
from recruit_site.environment import choice, folder_name, number
from tests.page_text import read
from tests.recruit_site.accounts.conftest import PASSWORD
from tests.recruit_site.test_environment import GOOD

NAMES = """from django.conf import settings
for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECOND_FACTOR"):
    print(getattr(settings, name))"""


def named():
    """Return the names of the session and CSRF cookies and the value of SECOND_FACTOR under HTTPS."""
    path = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "recruit_site.settings"}
    command, options = [sys.executable, "-c", NAMES], {"capture_output": True, "text": True}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=path | GOOD, **options).stdout.split()  # noqa: S603


@pytest.fixture
def elsewhere(settings):
    """Move the admin to another path during a test."""
    settings.ADMIN_PATH = folder_name("/desk-7f3k/")
    reload(urls)
    clear_url_caches()
    yield
    settings.ADMIN_PATH = "admin/"
    reload(urls)
    clear_url_caches()


@pytest.mark.django_db
def test_admin_lies_where_the_setting_puts_it_and_nobody_is_told(client, elsewhere):
    assert client.get("/desk-7f3k/")["Location"] == "/desk-7f3k/login/?next=/desk-7f3k/"
    assert client.get("/desk-7f3k/guide/")["Location"] == "/desk-7f3k/login/?next=/desk-7f3k/guide/"
    assert client.post("/desk-7f3k/login/", {"username": "x", "password": "y"}).status_code == 200
    assert client.get("/admin/", follow=True).status_code == 404
    assert client.post("/admin/login/").status_code == 405
    public = [read(client.get(path, follow=True)) for path in ("/robots.txt", "/admin/", "/ja/", "/ja/styleguide/")]
    assert [text for text in public if "desk-7f3k" in text] == []


def test_names_of_cookies_and_the_second_factor_follow_from_https():
    assert named() == ["__Host-sessionid", "__Host-csrftoken", "approvers"]
    assert [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SECOND_FACTOR] == [
        "sessionid",  # tests run over plain HTTP, where browsers refuse __Host- cookies
        "csrftoken",
        "off",
    ]


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_cookies_over_https_are_of_this_host_alone(client, administrator, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, _demanded = named()
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    sent = {"username": "administrator", "password": PASSWORD}
    answers = [client.get("/admin/login/", secure=True), client.post("/admin/login/", sent, secure=True)]
    answers.append(client.post("/admin/auth/group/add/", {"name": "新しいグループ"}, secure=True))  # adds a message
    cookies = {name: morsel for answer in answers for name, morsel in answer.cookies.items()}
    assert cookies.keys() == {"__Host-sessionid", "__Host-csrftoken"}
    for morsel in cookies.values():
        attributes = {name: value for name, value in morsel.items() if value and name not in ("expires", "max-age")}
        assert attributes == {"path": "/", "secure": True, "httponly": True, "samesite": "Lax"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/robots.txt", "/sitemap.xml", "/api/content.json", "/ja/search/?q=寮", "/ja/x/"]
)
def test_public_gets_no_cookie(client, path):
    """Check addresses that are no pages too; tests/test_site.py checks each page."""
    client.cookies["__Host-sessionid"] = "of-another-site"
    assert client.get(path).cookies == {}


@pytest.mark.parametrize(
    ("parse", "value", "reason"),
    [
        (folder_name, "ja", "/ja/ belongs to other pages"),
        (folder_name, "back office", "it must be one word of small letters, digits and hyphens"),
        (folder_name, "a/b", "it must be one word of small letters, digits and hyphens"),
        (choice("off", "approvers", "everyone"), "sometimes", "it must be off, approvers or everyone"),
        (number(5, 1440), "0", "it must be a number from 5 to 1440"),
        (number(1, 168), "a day", "it must be a number from 1 to 168"),
    ],
)
def test_malformed_setting_says_why(parse, value, reason):
    with pytest.raises(ValueError, match="^" + re.escape(reason)):
        parse(value)

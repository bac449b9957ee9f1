import html
import re

import pytest
from django.test import Client
from django_otp.oath import totp

from recruit_site.accounts import second_factor
from tests.page_text import read

PASSWORD = "a long enough password"


@pytest.fixture
def officer(django_user_model):
    """Return a staff account without groups and permissions."""
    return django_user_model.objects.create_user("officer", password=PASSWORD, is_staff=True)


@pytest.fixture
def administrator(django_user_model):
    return django_user_model.objects.create_superuser("administrator", password=PASSWORD)


@pytest.fixture
def with_app(officer):
    """Give the officer an authenticator app; return a function that returns the app's code, `ahead` codes later."""
    key = second_factor.new_key()
    assert second_factor.set_up(officer, key, shown(key, -1))
    return lambda ahead=0: shown(key, ahead)


def shown(key, ahead=0):
    return f"{totp(bytes.fromhex(key), t0=-30 * ahead):06}"


def browser():
    return Client(headers={"accept-language": "ja"})


def send(client, name="officer", password=PASSWORD, **more):
    """Post the sign-in form with more fields; names with REMOTE_ or HTTP_ go into the WSGI environ instead."""
    environ = {key: more.pop(key) for key in list(more) if key.startswith(("REMOTE_", "HTTP_"))}
    return client.post("/admin/login/", {"username": name, "password": password} | more, **environ)


def hidden(response):
    """Return {name: value} of the hidden fields of a page, without the CSRF token."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', read(response))
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def give_code(client, page, code, **more):
    return client.post("/admin/login/", hidden(page) | {"code": code} | more)


def is_signed_in(client):
    return client.get("/admin/password_change/").status_code == 200

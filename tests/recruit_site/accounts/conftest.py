import html
import re

import pytest
from django.test import Client
from django_otp.oath import totp

from recruit_site.accounts import second_factor
from tests.reading import read

PASSWORD = "a long enough password"


@pytest.fixture
def officer(django_user_model):
    """Someone who edits and has no other rights."""
    return django_user_model.objects.create_user("officer", password=PASSWORD, is_staff=True)


@pytest.fixture
def administrator(django_user_model):
    return django_user_model.objects.create_superuser("administrator", password=PASSWORD)


@pytest.fixture
def with_app(officer):
    """The officer's account with an authenticator app: a function that returns what the app shows, some codes ahead."""
    key = second_factor.new_key()
    assert second_factor.set_up(officer, key, shown(key, -1))
    return lambda ahead=0: shown(key, ahead)


def shown(key, ahead=0):
    return f"{totp(bytes.fromhex(key), t0=-30 * ahead):06}"


def browser():
    return Client(headers={"accept-language": "ja"})


def send(client, name="officer", password=PASSWORD, **more):
    """Send the sign-in form; what begins with REMOTE_ or HTTP_ is of the connection."""
    environ = {key: more.pop(key) for key in list(more) if key.startswith(("REMOTE_", "HTTP_"))}
    return client.post("/admin/login/", {"username": name, "password": password} | more, **environ)


def hidden(response):
    """Return the hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', read(response))
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def give_code(client, page, code, **more):
    return client.post("/admin/login/", hidden(page) | {"code": code} | more)


def is_signed_in(client):
    return client.get("/admin/password_change/").status_code == 200

"""Tests that the styleguide shows every component in both languages, to staff only."""

import pytest

from tests.page_text import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/ja/styleguide/", "/en/styleguide/"])
def test_styleguide_is_for_staff_alone(client, admin_client, path):
    assert client.get(path).status_code == 404
    response = admin_client.get(path)
    assert (response.status_code, read(response).count("career-line")) > (200, 4)


def test_styleguide_is_open_while_developing(client, settings):
    settings.DEBUG = True
    assert client.get("/ja/styleguide/").status_code == 200


def test_address_without_a_language_leads_to_the_readers(client):
    response = client.get("/styleguide/", headers={"accept-language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/en/styleguide/")

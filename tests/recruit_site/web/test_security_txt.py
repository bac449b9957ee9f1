"""/.well-known/security.txt exists where the settings name a contact, on the site and in its static export."""

from datetime import UTC, datetime, timedelta

import pytest

from recruit_site.operations.static_export.crawl import reachable
from recruit_site.operations.static_export.site import Site

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"


@pytest.fixture
def contact(settings):
    settings.SECURITY_CONTACT = ["mailto:security@recruit.example.go.jp", "https://recruit.example.go.jp/report/"]


def test_file_names_contacts_languages_and_itself_and_expires(client, contact):
    response = client.get(PATH)
    lines = response.content.decode().splitlines()
    expires = datetime.fromisoformat(lines.pop(2).removeprefix("Expires: "))
    assert lines == [
        "Contact: mailto:security@recruit.example.go.jp",
        "Contact: https://recruit.example.go.jp/report/",
        "Preferred-Languages: ja, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
    assert timedelta(days=179) < expires - datetime.now(UTC) <= timedelta(days=180)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_policy_stands_in_it_where_there_is_one(client, contact, settings):
    settings.SECURITY_POLICY = "https://recruit.example.go.jp/vulnerabilities/"
    assert client.get(PATH).content.decode().endswith("\nPolicy: https://recruit.example.go.jp/vulnerabilities/\n")


def test_without_a_contact_there_is_none(client):
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("contacts", [[], ["tel:+81-3-5501-8000"]])
def test_export_has_it_where_the_site_does(settings, contacts, monkeypatch):
    settings.SECURITY_CONTACT = contacts
    monkeypatch.setattr("recruit_site.operations.static_export.crawl.KNOWN", ())
    monkeypatch.setattr("recruit_site.operations.static_export.crawl.old_addresses", lambda: ())
    assert [found.path for found in reachable(Site(), [])] == [PATH] * len(contacts)

"""Tests that malformed requests get the site's own error page in the language of the URL, never a 500."""

import pytest
from django.conf import settings
from django.test import Client

from recruit_site.web.error_pages import server_error
from tests.page_text import read

pytestmark = pytest.mark.django_db


def heading(response):
    html = read(response)
    return html[html.index("<h1>") + 4 : html.index("</h1>")].strip()


@pytest.mark.parametrize(
    "path",
    [
        "/ja/no-such-page/",
        "/ja/faq/no-such-question/",
        "/ja/interviews/no-such-person/",
        "/ja/interviews/Ünïcode/",
        "/ja/interviews/%00/",
        "/ja/interviews/%ff%fe/",
        "/ja/faq/" + "a" * 3000 + "/",
        "/ja/../../etc/passwd",
    ],
)
def test_unknown_address_is_not_found_in_the_sites_own_page(client, path):
    response = client.get(path)
    assert (response.status_code, heading(response)) == (404, "ページが見つかりません")
    assert 'content="noindex"' in read(response)


def test_unknown_address_under_en_answers_in_english(client):
    response = client.get("/en/no-such-page/", headers={"accept-language": "ja"})
    assert (response.status_code, heading(response)) == (404, "Page not found")
    assert '<html lang="en">' in read(response)


@pytest.mark.parametrize("path", ["/fr/", "/fr/mission/", "/jaa/"])
def test_wrong_language_prefix_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%ff%fe%00", "q=" + "%F0%9F%98%80" * 50, "a[]=1&a[]=2", "&&&===", "with=" + "x" * 1900]
)
def test_strange_query_is_ignored(client, query):
    assert client.get(f"/ja/faq/?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/ja/faq/", "/robots.txt", "/nowhere"])
def test_over_long_query_is_refused_in_the_sites_own_page(client, path):
    response = client.get(f"{path}?q={'x' * 2001}", headers={"accept-language": "ja"})
    assert (response.status_code, heading(response)) == (400, "アドレスを読み取れませんでした")
    assert "x" * 100 not in read(response)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/ja/", "/ja/faq/", "/en/mission/", "/sitemap.xml", "/healthz"])
def test_other_methods_than_reading_are_refused(method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_refused_method_is_explained_in_the_language_of_the_address(client):
    assert heading(client.post("/en/faq/")) == "This page is read-only"
    assert heading(client.post("/ja/faq/")) == "このページは閲覧専用です"


def test_foreign_host_is_refused_in_the_sites_own_page(client):
    response = client.get("/ja/", headers={"host": "evil.example"})
    assert (response.status_code, heading(response)) == (400, "アドレスを読み取れませんでした")


def test_expired_form_of_the_admin_is_explained():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {}, headers={"accept-language": "ja"})
    assert (response.status_code, heading(response)) == (403, "この操作はできません")


def test_server_error_page_needs_neither_database_nor_templates(django_assert_num_queries, settings):
    settings.TEMPLATES = []
    with django_assert_num_queries(0):
        response = server_error(None)
    assert response.status_code == 500
    assert "ページを表示できません" in read(response)
    assert "Something went wrong" in read(response)


def test_failing_view_answers_with_the_server_error_page(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("recruit_site.web.base_views.languages_of", fail)
    client.raise_request_exception = False
    response = client.get("/ja/mission/")
    assert response.status_code == 500
    assert "ページを表示できません" in read(response)
    assert "secret detail" not in read(response)


def test_stylesheet_of_the_server_error_page_exists_without_its_hash():
    assert ".title h1" in (settings.STATIC_ROOT / "css" / "site.css").read_text(encoding="utf-8")

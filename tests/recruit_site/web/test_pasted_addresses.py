"""An address with what a sentence, a phone or another site added leads to the page that it means, and nowhere else."""

import pytest

from recruit_site.web.pasted_addresses import page_meant, tidied

pytestmark = pytest.mark.django_db


def get(client, path, query=""):
    """Return the response to a path as a server passes it on: decoded once, slashes as they came."""
    return client.get("/", PATH_INFO=path.encode().decode("latin-1"), QUERY_STRING=query)


@pytest.mark.parametrize(
    ("pasted", "page"),
    [
        ("/ja/faq/。", "/ja/faq/"),
        ("/ja/faq/）", "/ja/faq/"),
        ("/ja/faq/」、", "/ja/faq/"),
        ("/ja/faq）。", "/ja/faq/"),
        ("/ja/faq。/", "/ja/faq/"),
        ("/en/faq/.", "/en/faq/"),
        ("/en/faq/),", "/en/faq/"),
        ("/en/faq/”", "/en/faq/"),
        ("/en/faq/'", "/en/faq/"),
        ("/en/faq/\u3000", "/en/faq/"),
        ("/en/faq/\u200b", "/en/faq/"),
        ("/en/faq/%E3%80%82", "/en/faq/"),  # encoded twice
        ("/ｊａ／ｆａｑ／", "/ja/faq/"),
        ("/JA/", "/ja/"),
        ("/ja/FAQ/", "/ja/faq/"),
        ("/ja/faq", "/ja/faq/"),
        ("/ja//faq//", "/ja/faq/"),
        ("//ja/faq/", "/ja/faq/"),
        ("/ja/faq/index.html", "/ja/faq/"),
        ("/ja/index.htm", "/ja/"),
        ("/index.html", "/"),
        ("/en-US/", "/en/"),
        ("/en-US/work-life", "/en/work-life/"),
        ("/ja-JP/faq/", "/ja/faq/"),
        ("/ja_jp/faq/", "/ja/faq/"),
        ("/FAQ/", "/faq/"),
    ],
)
def test_pasted_address_leads_to_its_page_for_good(client, pasted, page):
    response = get(client, pasted, "q=LAN%20")
    assert (response.status_code, response["Location"]) == (301, f"{page}?q=LAN%20")
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/ja/nowhere/",
        "/ja/faq/no-such-question/",
        "/ja/nowhere。",
        "/ja/interviews/\0/",
        "/ja/interviews/\ufffd/",
        "/ja/interviews/%FF%FE/",
        "/ja/よくある質問/",
        "/fr/",
        "/fr/faq/",
        "/EN-US-x/faq/",
        "/ADMIN/",
        "/static/nothing.css",
        "//evil.example/",
        "//evil.example/ja/faq/",
        "/\\evil.example/",
        "/%2F%2Fevil.example/",
        "/https://evil.example/",
        "/ja/..%2F..%2Fadmin/",
        "/ja/faq\r\nSet-Cookie: a=b/",
    ],
)
def test_address_that_means_no_page_is_not_found(client, path):
    assert get(client, path).status_code == 404


@pytest.mark.parametrize("path", ["/", "//", "/ja/", "/ja/。。/", "//evil.example//", "/ﾊﾟ/", "。", "", "/ja/%25252E"])
def test_redirect_stays_on_the_site_and_is_the_last_one(path):
    tidy = tidied(path)
    assert (tidy[0], tidy[1:2] == "/") == ("/", False)
    meant = page_meant(path)
    assert meant is None or page_meant(meant) is None

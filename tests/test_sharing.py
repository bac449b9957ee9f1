"""Link previews of a page on other sites: its metadata in <head> and its share picture; and the site's icons."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from recruit_site.content.models import Chapter, SiteText
from recruit_site.page_cache.policy import CACHE_CONTROL
from recruit_site.web.share_pictures.share_picture import share_picture
from tests import factories
from tests.page_text import listed
from tests.resilience import hostile_requests
from tests.test_visibility import HIDDEN

pytestmark = pytest.mark.django_db


def test_every_page_of_the_sitemap_has_a_picture_in_its_language(client):
    pages = listed(client)
    faults = []
    for page in pages:
        head = client.get(page.removeprefix(settings.SITE_URL)).content.decode().split("</head>")[0]
        image = re.search(r'<meta property="og:image" content="(.*?)">', head)[1]
        response = client.get(image.removeprefix(settings.SITE_URL))
        if image != f"{page}share.png" or (response.status_code, response["Content-Type"]) != (200, "image/png"):
            faults.append(page)
    assert faults == []
    assert len(pages) > 60


def test_what_is_no_page_has_no_picture(client):
    routes = {route.partition("/")[2] for route in hostile_requests.routes() if route.startswith("{}/")}
    answers = {route: client.get(f"/ja/{route.format(*'x' * 9)}share.png").status_code for route in sorted(routes)}
    assert set(answers.values()) == {200, 404}
    assert (answers["styleguide/"], answers["notices/feed.xml"], answers["search/"]) == (404, 404, 200)


def test_picture_may_be_kept_by_caches(client):
    response = client.get("/ja/share.png")
    assert (response["Cache-Control"], response["Vary"], response.cookies) == (CACHE_CONTROL, "Accept-Encoding", {})


def test_picture_shows_the_title_and_the_name_of_the_site(client):
    piece = factories.question(title_ja="日本語の問い", title_en="An English question")
    japanese, english = (client.get(f"/{code}/faq/{piece.slug}/share.png").content for code in ("ja", "en"))
    assert japanese == share_picture("日本語の問い", "外務省 技術系職員 採用情報", "ja")
    assert english == share_picture("An English question", "MOFA Technical Officials", "en")


def test_picture_is_drawn_when_the_site_has_no_name(client):
    SiteText.objects.all().delete()
    assert client.get("/ja/faq/share.png").content == share_picture("よくある質問", "", "ja")


def test_page_without_an_opening_shows_its_name_in_the_menu(client):
    Chapter.objects.filter(section="faq").delete()
    assert client.get("/ja/faq/share.png").content == share_picture("よくある質問", "外務省 技術系職員 採用情報", "ja")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("reason", HIDDEN)
@pytest.mark.parametrize("make", [factories.question, factories.interview, factories.feature])
def test_page_that_is_not_live_has_no_picture(client, make, reason, language):
    piece = make(title_ja="見えない題名", title_en="A hidden title", **HIDDEN[reason](timezone.now()))
    address = f"/{language}/{piece.get_absolute_url().removeprefix('/ja/')}share.png"
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (
        410 if reason in {"archived", "expired"} else 404,
        "text/html; charset=utf-8",
    )
    type(piece).objects.filter(pk=piece.pk).update(state="live", publish_from=None, publish_until=None)
    assert client.get(address).status_code == 200


def test_title_of_a_hidden_opening_is_not_shown(client):
    Chapter.objects.filter(slug="faq").update(state="draft", title_ja="見えない題名")
    png = client.get("/ja/faq/share.png").content
    assert png == share_picture("よくある質問", "外務省 技術系職員 採用情報", "ja")


def test_prose_page_without_a_live_chapter_has_no_picture(client):
    Chapter.objects.filter(section="mission").update(state="draft")
    assert client.get("/ja/mission/share.png").status_code == 404


def test_page_that_falls_back_to_japanese_is_shared_as_the_japanese_page(client):
    piece = factories.question(title_en="", text_en="An answer")
    page = f"{settings.SITE_URL}/ja/faq/{piece.slug}/"
    head = client.get(f"/en/faq/{piece.slug}/").content.decode().split("</head>")[0]
    assert client.get(f"/en/faq/{piece.slug}/share.png").status_code == 404
    assert f'<meta property="og:image" content="{page}share.png">' in head
    assert f'<meta property="og:url" content="{page}">' in head
    assert '<meta property="og:locale" content="ja_JP">' in head
    assert "og:locale:alternate" not in head


@pytest.mark.parametrize(
    "path",
    ["/ja/nowhere/share.png", "/ja/faq/nowhere/share.png", "/ja/admin/share.png", "/ja/faqshare.png"],
)
def test_there_is_no_picture_where_there_is_no_page(client, path):
    assert client.get(path, follow=True).status_code == 404


def test_picture_of_a_list_costs_the_same_queries_with_one_row_and_with_three(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/ja/interviews/share.png").status_code == 200
        return len(captured)

    factories.interview()
    with_one = queries()
    factories.interview()
    factories.interview()
    assert queries() == with_one <= 15


def test_head_says_how_the_page_is_shared(client):
    piece = factories.question(title_ja="「問い」と<答え>", title_en="A question")
    head = client.get(f"/ja/faq/{piece.slug}/").content.decode().split("</head>")[0]
    title, page = "「問い」と&lt;答え&gt;", f"http://testserver/ja/faq/{piece.slug}/"
    assert re.findall(r'<meta (?:property|name)="((?:og|twitter):.*?)" content="(.*?)">', head) == [
        ("og:title", title),
        ("og:description", piece.text_ja),
        ("og:type", "article"),
        ("og:url", page),
        ("og:image", f"{page}share.png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", title),
        ("og:site_name", "外務省 技術系職員 採用情報"),
        ("og:locale", "ja_JP"),
        ("og:locale:alternate", "en_GB"),
        ("twitter:card", "summary_large_image"),
    ]
    assert f"<title>{title} | よくある質問 | 外務省 技術系職員 採用情報</title>" in head


def test_error_page_is_not_shared(client):
    assert "og:" not in client.get("/ja/nowhere/").content.decode()


def test_page_of_a_section_is_shared_by_the_heading_that_opens_it(client):
    head = client.get("/en/").content.decode().split("</head>")[0]
    assert '<meta property="og:title" content="Technical officials at MOFA">' in head
    assert '<meta property="og:type" content="website">' in head
    assert "<title>Careers at Japan’s Ministry of Foreign Affairs | MOFA Technical Officials</title>" in head


@pytest.mark.parametrize(
    ("path", "kind", "sizes"),
    [
        ("/favicon.ico", "image/x-icon", {(16, 16), (32, 32), (48, 48)}),
        ("/apple-touch-icon.png", "image/png", {(180, 180)}),
    ],
)
def test_browser_finds_the_icons_where_it_looks_by_itself(client, path, kind, sizes):
    response = client.get(path)
    picture = Image.open(BytesIO(response.content))
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Cache-Control"] == CACHE_CONTROL
    assert picture.info.get("sizes", {picture.size}) == sizes
    assert len(response.content) < 3000

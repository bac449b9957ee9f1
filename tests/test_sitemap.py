"""The sitemaps as a crawler reads them (ultimate-sitemap-parser), and links to former anchors."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from usp.objects.sitemap import InvalidSitemap
from usp.tree import sitemap_tree_for_homepage
from usp.web_client.abstract_client import AbstractWebClient, LocalWebClientSuccessResponse

from careers import models as careers
from recruit_site.consent.models import Consent
from recruit_site.media.models import Picture
from recruit_site.web.sitemap import SiteSitemap, sitemaps
from tests import factories
from tests.page_kinds import examples
from tests.page_text import locations, read, read_sitemap

pytestmark = pytest.mark.django_db

SITE = settings.SITE_URL


class Crawler(AbstractWebClient):
    """A web client by which the parser requests pages from Django's test client."""

    def __init__(self, client):
        self.client = client

    def set_max_response_data_length(self, max_response_data_length):
        pass

    def get(self, url):
        response = self.client.get(urlsplit(url)._replace(scheme="", netloc="").geturl())
        assert response.status_code == 200
        return LocalWebClientSuccessResponse(url, response.content.decode())


@pytest.fixture
def crawl(client):
    """A function that returns the tree of sitemaps that a crawler finds from robots.txt."""
    return lambda: sitemap_tree_for_homepage(f"{SITE}/", web_client=Crawler(client), use_known_paths=False)


def pages_of(tree):
    return {page.url: page for page in tree.all_pages()}


def heads_of(client, page):
    """Return the alternates in the <head> of a page, as (language, address)."""
    head = read(client.get(urlsplit(page).path)).split("</head>")[0]
    return re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="(.*?)">', head)


def test_crawler_finds_every_file_from_robots_and_none_is_faulty(crawl):
    tree = crawl()
    assert [type(file).__name__ for file in tree.all_sitemaps() if isinstance(file, InvalidSitemap)] == []
    assert [file.url for file in tree.all_sitemaps()] == [
        f"{SITE}/robots.txt",
        f"{SITE}/sitemap.xml",
        *(f"{SITE}/sitemap-{name}.xml" for name in sitemaps()),
    ]
    assert len(pages_of(tree)) > 60


def test_sitemap_and_head_name_the_same_alternates(client, crawl):
    half = factories.question(text_en="")
    of_half_a_person = factories.interview(person=factories.live(careers.Person, title_en=""))
    untranslated = [SITE + piece.get_absolute_url() for piece in (half, of_half_a_person)]
    pages = pages_of(crawl())
    of_each_kind = {SITE + path for path in examples(urlsplit(url).path for url in pages).values()}
    assert {url: pages[url].alternates for url in of_each_kind} == {url: heads_of(client, url) for url in of_each_kind}
    for japanese in untranslated:
        assert pages[japanese].alternates == [("ja", japanese), ("x-default", japanese.replace("/ja/", "/", 1))]
        assert japanese.replace("/ja/", "/en/", 1) not in pages


def test_index_says_when_the_last_page_of_a_file_changed(client):
    piece = factories.question()
    type(piece).objects.filter(pk=piece.pk).update(updated_at=datetime(2040, 1, 1, 3, tzinfo=UTC))
    index = read(client.get("/sitemap.xml"))
    entry = re.search(rf"<loc>{SITE}/sitemap-questions.xml</loc>\s*<lastmod>(.*?)</lastmod>", index)
    assert entry[1] == "2040-01-01T12:00:00+09:00"


def test_index_leads_to_the_public_address_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    index = read(client.get("/sitemap.xml", headers={"host": "elsewhere.example"}))
    assert {urlsplit(file).netloc for file in locations(index)} == {urlsplit(SITE).netloc}


def test_file_with_too_many_pages_is_parted(client, crawl, monkeypatch):
    pages = set(pages_of(crawl()))
    monkeypatch.setattr(SiteSitemap, "limit", 10)
    tree = crawl()
    assert f"{SITE}/sitemap-pages.xml?p=2" in {file.url for file in tree.all_sitemaps()}
    assert set(pages_of(tree)) == pages


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_there_is_no_file_of_another_name(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_sitemap_is_the_same_whatever_language_the_browser_asks_for(client, language):
    assert client.get("/sitemap-pages.xml", headers={"accept-language": language}).content == (
        client.get("/sitemap-pages.xml").content
    )


def test_every_picture_of_a_page_is_listed_with_it_as_the_page_shows_it(client, crawl):
    factories.chapter(section="mission", picture=factories.picture(colour="red"))
    factories.chapter(section="mission", layout="timeline", picture=factories.picture(colour="green"))
    factories.place(picture=factories.picture(colour="blue"))
    made = [factories.interview, factories.feature, factories.notice]
    pieces = [
        make(picture=factories.picture(colour=colour))
        for make, colour in zip(made, ("cyan", "pink", "lime"), strict=True)
    ]
    named = factories.live(careers.Person, group="technical", is_named=True, joined_year=2100)
    pieces.append(factories.interview(person=named, picture=factories.picture(colour="white")))
    listed = {urlsplit(url).path: [image.loc for image in page.images or ()] for url, page in pages_of(crawl()).items()}
    with_pictures = {path for path, pictures in listed.items() if pictures and path.startswith("/ja/")}
    assert with_pictures == {"/ja/", "/ja/mission/", "/ja/places/", *(piece.get_absolute_url() for piece in pieces)}
    for path in {*with_pictures, *(path for (_view, language), path in examples(listed).items() if language == "ja")}:
        html = read(client.get(path))
        assert listed[path] == [SITE + src for src in re.findall(r'<img src="(/media/.*?)"', html)], path


def test_picture_that_may_not_be_shown_is_not_listed(client):
    consent = Consent.objects.create(slug="x", title_ja="某", given_on=timezone.localdate())
    piece = factories.interview(picture=factories.picture())
    Picture.objects.get().shows.add(consent)
    folder = piece.picture.file.name.split("/")[1]
    assert folder in read_sitemap(client)
    Consent.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert folder not in read_sitemap(client)


#: {path of a page: a function that makes a piece whose slug is an anchor on that page}.
ANCHORED = {
    "/ja/faq/": factories.question,
    "/ja/glossary/": factories.term,
    "/ja/places/": factories.place,
    "/ja/training/": factories.training,
    "/ja/work-life/": factories.programme,
    "/ja/professions/": factories.project,
    "/ja/features/": factories.feature,
    "/ja/mission/": factories.chapter,
    "/ja/days/": lambda: factories.day(order=1),
    "/ja/apply/": factories.exam_category,
}


def renamed(piece, *slugs):
    for slug in slugs:
        piece.slug = slug
        piece.save()
    return piece


@pytest.mark.parametrize("path", ANCHORED)
def test_link_to_an_anchor_leads_there_after_a_rename(client, path):
    piece = ANCHORED[path]()
    first = piece.slug
    renamed(piece, "second-name", "third-name")
    ids = re.findall(r' id="(.*?)"', read(client.get(path)))
    assert [name for name in ids if name in {first, "second-name", "third-name"}] in (
        ["third-name", first, "second-name"],
        ["third-name", "second-name", first],
    )
    assert len(ids) == len(set(ids))


def test_old_anchors_cost_the_same_queries_for_one_piece_and_for_three(client, django_assert_max_num_queries):
    renamed(factories.question(), "second-name")
    with django_assert_max_num_queries(40) as first:
        client.get("/ja/faq/")
    renamed(factories.question(), "a-name", "b-name")
    renamed(factories.question(), "c-name", "d-name")
    with django_assert_max_num_queries(40) as second:
        client.get("/ja/faq/")
    assert len(second) == len(first)


def test_old_anchor_with_a_name_without_consent_is_not_shown(client):
    piece = factories.question(slug="hana-on-shifts")
    renamed(piece, "on-shifts")
    assert 'id="hana-on-shifts"' in read(client.get("/ja/faq/"))
    today = timezone.localdate()
    Consent.objects.create(slug="y", title_ja="花", title_en="Hana", given_on=today, withdrawn_on=today)
    html = read(client.get("/ja/faq/"))
    assert ('id="on-shifts"' in html, "hana" in html) == (True, False)

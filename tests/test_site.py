"""Tests of every public page in both languages, reached through links as readers and search engines reach it."""

import itertools
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from faq.models import Question
from tests.page_text import listed, read

pytestmark = pytest.mark.django_db

LANGUAGES = ("ja", "en")
#: Pages without a source note: they are about the site itself, or list pieces that name their source elsewhere.
WITHOUT_SOURCE = {
    "/about/",
    "/notices/",
    "/sources/",
    "/features/",
    "/search/",
    "/accessibility/",
    "/accessibility/results/",
}


class Page(HTMLParser):
    """A parsed page. `elements` are its tags as [(name, attributes), …], `links` the URLs of its links to pages."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def all(self, tag, **wanted):
        return [
            values
            for name, values in self.elements
            if name == tag and all(values.get(key) == value for key, value in wanted.items())
        ]

    @property
    def links(self):
        """The URLs of the links to pages, without fragments. A link with a `type` attribute leads to a file."""
        anchors = [link for link in self.all("a") if "href" in link and "type" not in link]
        return [urlsplit(link["href"])._replace(fragment="").geturl() for link in anchors]


def crawl(client, start):
    """Return {path: (response, Page, number of clicks from the start)} of all pages that links lead to."""
    crawled, queue = {}, [(start, 0)]
    while queue:
        path, clicks = queue.pop(0)
        if path in crawled or not path.startswith("/") or path.startswith("/admin"):
            continue
        response = client.get(path)
        page = Page(read(response))
        crawled[path] = (response, page, clicks)
        queue += [(link, clicks + 1) for link in page.links]
    return crawled


@pytest.fixture
def pages(client, crawled={}):  # noqa: B006  (crawled once: no test of this module changes the content)
    if not crawled:
        crawled.update(crawl(client, "/ja/"))
    return crawled


def without_query(pages):
    """Return [(path, page), …] without the pages that have a query string, such as comparisons."""
    return [(path, page) for path, page in pages.items() if "?" not in path]


def test_every_link_of_the_site_leads_to_a_page(pages):
    assert {path: response.status_code for path, (response, *_) in pages.items() if response.status_code != 200} == {}
    assert len(pages) > 60


def test_every_section_is_within_two_clicks_of_home(pages):
    clicks = {path: number for path, (_response, _page, number) in without_query(pages) if path.startswith("/ja/")}
    assert {path for path, number in clicks.items() if number > 2} == set()


def test_every_page_is_valid_in_its_frame(pages):
    faults = []
    for path, (response, page, _) in pages.items():
        language = path[1:3]
        headings = [tag for tag, _attributes in page.elements if re.fullmatch("h[1-6]", tag)]
        steps = itertools.pairwise(headings)
        ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
        checks = {
            "html lang": page.all("html")[0]["lang"] == language,
            "one h1": headings.count("h1") == 1,
            "no heading level skipped": all(int(b[1]) <= int(a[1]) + 1 for a, b in steps),
            "one main": len(page.all("main")) == 1,
            "ids are unique": len(ids) == len(set(ids)),
            "content language": response["Content-Language"] == language,
            "no cookie": not response.cookies,
            "varies with the encoding alone": response.get("Vary") == "Accept-Encoding",
            "strict policy": "'unsafe" not in response["Content-Security-Policy"],
            "no inline style": not any("style" in attributes for _tag, attributes in page.elements),
            "no inline code": page.all("script") == page.all("script", type="application/ld+json")
            and not page.all("style"),
            "no foreign host": all(
                (attributes.get("src") or "/").startswith("/") for _tag, attributes in page.elements
            ),
        }
        faults += [(path, name) for name, holds in checks.items() if not holds]
    assert faults == []


def test_every_page_has_its_twin_in_the_other_language(pages):
    faults = []
    for path, (_response, page, _) in pages.items():
        bare, question, query = path.partition("?")
        twins = {language: f"/{language}{bare[3:]}" for language in LANGUAGES}
        other = twins["en" if path.startswith("/ja/") else "ja"]
        alternates = {
            link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if "hreflang" in link
        }
        expected = {language: settings.SITE_URL + twin for language, twin in twins.items()}
        expected["x-default"] = settings.SITE_URL + bare[3:]
        switch = [link["href"] for link in page.all("a", rel="alternate")]
        if alternates != expected or switch != [other + question + query]:
            faults.append((path, alternates, switch))
        if [link["href"] for link in page.all("link", rel="canonical")] != [settings.SITE_URL + bare]:
            faults.append((path, "canonical"))
    assert faults == []


def test_every_page_has_a_title_of_its_own(pages):
    titles = {}
    for path, (response, *_) in without_query(pages):
        title = re.search(r"<title>(.*?)</title>", read(response), re.DOTALL)[1]
        assert "<" not in title
        titles.setdefault((path[1:3], title), []).append(path)
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def test_content_pages_name_their_source_and_the_contact_stands_on_every_page(pages):
    silent = {f"/faq/{slug}/" for slug in Question.objects.filter(source=None).values_list("slug", flat=True)}
    for path, (response, *_) in pages.items():
        text = read(response)
        assert "03-5501-8000" in text, path
        if path[3:] not in silent | WITHOUT_SOURCE:
            assert ("加工して作成" if path.startswith("/ja/") else ", edited") in text, path


def test_no_english_page_shows_japanese_but_the_languages_own_name(pages):
    faults = []
    for path, (response, *_) in pages.items():
        if path.startswith("/en/"):
            text = re.sub(r'<(\w+)[^>]* lang="ja"[^>]*>.*?</\1>', "", read(response), flags=re.DOTALL)
            faults += [(path, found) for found in re.findall(r"[぀-ヿ一-鿿]+", text)]
    assert faults == []


def test_sitemap_lists_exactly_the_pages_that_links_reach(client, pages):
    indexed = [path for path, (_response, page, _) in without_query(pages) if not page.all("meta", name="robots")]
    assert sorted(listed(client)) == sorted(settings.SITE_URL + path for path in indexed)


@pytest.mark.parametrize(
    ("wanted", "home"), [("en-GB,en;q=0.9", "/en/"), ("ja", "/ja/"), ("fr", "/ja/"), ("", "/ja/"), ("\udcff", "/ja/")]
)
def test_root_leads_to_the_readers_language(client, wanted, home):
    response = client.get("/", headers={"accept-language": wanted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]


def test_address_without_language_leads_to_the_page(client):
    response = client.get("/faq/", headers={"accept-language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/en/faq/")


def test_robots_names_the_sitemap_and_closes_the_admin(client):
    assert read(client.get("/robots.txt")).splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]

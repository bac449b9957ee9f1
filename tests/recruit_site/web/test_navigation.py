"""The frame of every page: where the reader is, that the site is not official, who runs it, and where to go."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from recruit_site.content.models import SiteText
from recruit_site.content.navigation import PAGES
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


def part(html, opening, closing):
    return html.split(opening, 1)[1].split(closing, 1)[0]


def links(html):
    return [
        " ".join(re.sub("<[^>]+>", "", label).split()) for label in re.findall(r"<a [^>]*>(.*?)</a>", html, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        (
            "ja",
            ["情報通信課の使命", "仕事内容", "キャリアパス", "職員の声", "一日の流れ", "仕事と家庭", "よくある質問"],
        ),
        ("en", ["Purpose", "Work", "Career paths", "Staff interviews", "A day at work", "Work and family", "FAQ"]),
    ],
)
def test_header_names_the_main_pages(client, language, labels):
    html = read(client.get(f"/{language}/work/"))
    assert links(part(html, '<nav class="nav nav--main"', "</nav>")) == labels


@pytest.mark.parametrize("language", ["ja", "en"])
def test_menu_and_footer_list_every_page_once(client, language):
    html = read(client.get(f"/{language}/work/"))
    for opening in ('<div class="pages">', '<footer class="sea">'):
        found = re.findall(r'<li><a href="([^"]+)"', part(html, opening, "</nav>"))
        assert found == [reverse(page.view).replace("/ja/", f"/{language}/", 1) for page in PAGES]


@pytest.mark.parametrize(("path", "state"), [("/ja/faq/", "page"), (None, "true")])
def test_current_page_is_marked(client, path, state):
    html = read(client.get(path or factories.question().get_absolute_url()))
    assert re.findall(r'<a href="/ja/faq/" aria-current="(\w+)"', html) == [state] * 3


def test_page_links_to_the_other_pages_of_its_group(client):
    html = read(client.get("/en/training/"))
    assert links(part(html, '<nav class="group-links"', "</nav>")) == [
        "Purpose", "Work", "Professions", "Career paths", "Map of places",
    ]  # fmt: skip


def test_breadcrumb_begins_with_the_name_of_the_site(client):
    html = read(client.get("/en/training/"))
    assert links(part(html, '<nav class="crumb"', "</nav>")) == ["MOFA Technical Officials"]


@pytest.mark.parametrize("path", ["/ja/", "/ja/faq/", "/ja/nowhere/"])
def test_every_page_says_at_its_head_that_the_site_is_not_official(client, path):
    SiteText.objects.filter(slug="unofficial").update(text_ja="公式ではない")
    assert '<a class="brand__note" href="/ja/about/">公式ではない</a>' in part(
        read(client.get(path)), "<header", "</header>"
    )


def test_missing_operator_is_said_and_an_entered_one_is_named(client):
    at_the_foot, on_the_page, request = (
        "このサイトの運営者：準備中",
        "運営者と問い合わせ先は、準備中です。決まりしだい、ここに載せます。",
        "please report it to this contact",
    )
    for path, number in (("/ja/faq/", 0), ("/ja/about/", 1), ("/ja/accessibility/", 1)):
        html = read(client.get(path))
        assert (html.count(at_the_foot), html.count(on_the_page)) == (1, number)
    assert request not in read(client.get("/en/accessibility/"))
    SiteText.objects.filter(slug="operator").update(text_ja="運営する会", text_en="The operating society")
    SiteText.objects.filter(slug="operator-contact").update(text_ja="web@example.jp", text_en="web@example.jp")
    html = read(client.get("/en/accessibility/"))
    assert "This site is run by The operating society" in html
    assert "<dd>The operating society</dd>" in html
    assert "<dd>web@example.jp</dd>" in html
    assert request in html


@pytest.mark.parametrize(("slug", "valid"), [("operator", True), ("operator-contact", True), ("site-name", False)])
def test_only_what_the_operator_alone_knows_may_be_empty(slug, valid):
    site_text = SiteText.objects.get(slug=slug)
    site_text.text_ja = ""
    if valid:
        site_text.clean()
    else:
        with pytest.raises(ValidationError):
            site_text.clean()


def test_source_note_names_each_place_once(client):
    source = factories.source(title_en="A guide")
    for place in ("Chapter 1, One", "Chapter 1, Two", "Two"):
        factories.chapter(section="mission", source=source, source_section_en=place, source_section_ja="一")
    note = re.sub(r"<[^>]+>|\s+", " ", read(client.get("/en/mission/")))
    assert "“A guide” (Chapter 1, One, Two), edited" in " ".join(note.split())


def test_sources_say_date_and_address_or_that_there_is_no_date(client):
    dated = factories.source(issued_ja="2021年", issued_en="2021", url="https://www.example.jp/guide")
    undated = factories.source()
    for source in (dated, undated):
        factories.chapter(source=source)
    html = read(client.get("/en/sources/"))
    first, second = (part(html, f'id="{source.slug}"', "</dl>") for source in (dated, undated))
    assert "<dd>2021</dd>" in first
    assert '<a href="https://www.example.jp/guide" rel="external">' in first
    assert "<dd>Undated</dd>" in second
    assert "https://" not in second

"""The static export: its pages on a web server without rules, its manifest, and the next export into its folder."""

import json
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from careers.views import NoticeListView
from recruit_site.content.visibility import State
from recruit_site.operations.static_export import crawl, export
from recruit_site.operations.static_export.folder import Folder
from recruit_site.operations.static_export.links import file_of, path_of
from recruit_site.operations.static_export.site import ExportedPath, ExportError, Site, resolve_link
from recruit_site.web.headers import headers
from recruit_site.web.share_pictures.share_picture import share_picture
from recruit_site.web.views import RobotsView
from tests import factories

SITE = settings.SITE_URL
LONG_AGO = 1_000_000_000


class Links(HTMLParser):
    """The addresses that an HTML file loads or links to (`found`), its anchors, and the targets of its forms."""

    def __init__(self, html):
        super().__init__()
        self.found, self.anchors, self.forms = [], set(), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.found += [attributes[name] for name in ("href", "src") if name in attributes]
        self.found += [part.split()[0] for part in attributes.get("srcset", "").split(",") if part]
        if attributes.get("property") == "og:image":
            self.found.append(attributes["content"])
        if tag == "form":
            self.forms.append(attributes["action"])
        self.anchors.add(attributes.get("id"))


def files(folder):
    return {
        str(file.relative_to(folder / "site")): file.read_bytes()
        for file in (folder / "site").rglob("*")
        if file.is_file()
    }


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_bytes())


def age(folder):
    """Give every file an old modification time, so that a rewritten file can be recognised."""
    for file in folder.rglob("*"):
        os.utime(file, (LONG_AGO, LONG_AGO))


def young(folder):
    return {
        str(file.relative_to(folder / "site"))
        for file in (folder / "site").rglob("*")
        if file.is_file() and file.stat().st_mtime != LONG_AGO
    }


def content():
    """Add what the fixtures lack: two pages of notices, a picture, and renamed, withdrawn and untranslated pieces."""
    renamed = factories.question(slug="first-name")
    renamed.slug = "second-name"
    renamed.save()
    factories.question(slug="withdrawn", state=State.ARCHIVED)
    factories.question(slug="draft", state=State.DRAFT)
    factories.question(text_en="")
    factories.question(slug="careless", text_ja="[そこ](/ja/faq/withdrawn/)と[ここ](/ja/nowhere/)。")
    for _number in range(2):
        factories.notice(publish_from=datetime(2020, 4, 1, tzinfo=UTC))
    factories.briefing(slug="briefing")
    factories.interview(picture=factories.picture())


@pytest.fixture(scope="module")
def run(django_db_setup, django_db_blocker, tmp_path_factory):
    """Yield one export of the whole site for all tests of this module: its report, its files and its manifest."""
    folder = tmp_path_factory.mktemp("export")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(NoticeListView, "paginate_by", 1)
        content()
        yield SimpleNamespace(report=export(folder), files=files(folder), manifest=manifest_of(folder))
        transaction.set_rollback(True)


def test_every_link_leads_to_a_file_and_every_anchor_is_there(run):
    pages = {path: Links(body.decode()) for path, body in run.files.items() if path.endswith(".html")}

    def anchors(file):
        return pages[file].anchors if file in pages else ()

    broken = []
    for file, page in pages.items():
        for link in page.found:
            address, anchor = urldefrag(urljoin(f"{SITE}/{file.removesuffix('index.html')}", link))
            target = file_of(unquote(urlsplit(address).path))
            there = target in run.files and "?" not in address
            if address.startswith(f"{SITE}/") and not (there and (not anchor or unquote(anchor) in anchors(target))):
                broken.append((file, link))
    assert sorted(broken) == [
        (f"ja/{page}", dead)
        for page in ("apply/index.html", "faq/careless/index.html", "faq/index.html")
        for dead in ("/ja/faq/withdrawn/", "/ja/nowhere/")
    ]


def test_dead_links_of_texts_are_reported_with_their_page(run):
    assert set(run.report.broken) == {("/ja/nowhere/", "/ja/apply/"), ("/ja/faq/withdrawn/", "/ja/apply/")}


def test_every_page_of_the_sitemap_is_there_and_drafts_are_not(run):
    sitemaps = [body.decode() for name, body in run.files.items() if name.startswith("sitemap")]
    listed = {part.split("</loc>")[0] for text in sitemaps for part in text.split("<loc>")[1:]}
    assert {file_of(urlsplit(address).path) for address in listed} - set(run.files) == set()
    assert len(listed) > 60
    assert [name for name in run.files if "draft" in name] == []
    assert {"robots.txt", "favicon.ico", "apple-touch-icon.png", "api/content.json", "api/content.schema.json"} <= set(
        run.files
    )


def test_manifest_says_what_lies_where_and_how_to_answer(run):
    paths = run.manifest["paths"]
    assert {name: run.manifest["headers"].get(name) for name in headers()} == headers()
    described = {entry["file"]: entry for entry in paths.values() if "sha256" in entry}
    assert {name: sha256(body).hexdigest() for name, body in run.files.items()} == {
        name: entry["sha256"] for name, entry in described.items()
    }
    assert {path: paths[path]["headers"]["Content-Type"] for path in ("/ja/", "/ja/notices/feed.xml")} == {
        "/ja/": "text/html; charset=utf-8",
        "/ja/notices/feed.xml": "application/atom+xml; charset=utf-8",
    }
    assert paths["/ja/notices/briefing/briefing.ics"]["headers"]["Content-Disposition"] == (
        'attachment; filename="briefing.ics"'
    )
    assert file_of(run.manifest["headers"]["Speculation-Rules"].strip('"')) in run.files
    style = next(path for path in paths if path.endswith(".css"))
    assert "immutable" in paths[style]["headers"]["Cache-Control"]


def test_old_address_leads_to_the_new_one_with_and_without_rules(run):
    old = run.manifest["paths"]["/en/faq/first-name/"]
    assert (old["status"], old["to"]) == (301, "/en/faq/second-name/")
    page = run.files[old["file"]].decode()
    assert '<meta http-equiv="refresh" content="0; url=/en/faq/second-name/">' in page
    assert f'<link rel="canonical" href="{SITE}/en/faq/second-name/">' in page


def test_withdrawn_page_is_gone_by_rule_and_missing_without(run):
    assert run.manifest["paths"]["/ja/faq/withdrawn/"] == {"status": 410, "file": "410.html"}
    assert "ja/faq/withdrawn/index.html" not in run.files


def test_address_without_language_offers_each(run):
    assert run.manifest["paths"]["/"]["by_language"] == {"ja": "/ja/", "en": "/en/"}
    assert {"/ja/", "/en/"} <= set(Links(run.files["index.html"].decode()).found)
    assert {"/ja/faq/", "/en/faq/"} <= set(Links(run.files["faq/index.html"].decode()).found)


def test_page_for_what_is_missing_speaks_both_languages(run):
    page = run.files["404.html"].decode()
    assert [text in page for text in ("ページが見つかりません", "Page not found")] == [True, True]
    assert '<html lang="en"' in run.files["en/404.html"].decode()


def test_what_a_query_asks_for_has_a_page_of_its_own(run):
    first, second = (run.files[f"ja/notices/year.2020{more}/index.html"].decode() for more in ("", ".page.2"))
    assert "/ja/notices/year.2020.page.2/" in Links(first).found
    assert first != second
    assert not [
        form for name, body in run.files.items() if name.endswith("html") for form in Links(body.decode()).forms
    ]


# The folder of the export -----------------------------------------------------------------------------------------


def put(path, **bodies):
    """Export files with a Folder directly; `bodies` maps names to texts."""
    with Folder(path) as folder:
        folder.begin()
        page = {"Content-Type": "text/html"}
        entries = {
            f"/{name}/": folder.keep(ExportedPath(f"/{name}/", 200, page, text.encode()))
            for name, text in bodies.items()
        }
        return folder.publish(entries)


def test_folder_that_holds_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="is not empty and holds no manifest of an export"):
        call_command("export_static", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_folder_in_use_is_refused(tmp_path):
    with Folder(tmp_path), pytest.raises(ExportError, match="Another export is writing"), Folder(tmp_path):
        pass


def test_run_that_was_cut_short_is_made_good_by_the_next(tmp_path, monkeypatch):
    put(tmp_path, a="old", b="old")
    with monkeypatch.context() as patch:
        patch.setattr("recruit_site.operations.static_export.folder.remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            put(tmp_path, a="new", c="never listed")
    assert set(manifest_of(tmp_path)["paths"]) == {"/a/", "/b/"}
    put(tmp_path, a="old")
    assert files(tmp_path) == {"a/index.html": b"old"}


@pytest.fixture
def only(monkeypatch):
    """Return a function that restricts the crawl to some addresses; error pages are exported as always."""

    def known(*addresses):
        monkeypatch.setattr(crawl, "KNOWN", addresses)
        monkeypatch.setattr(crawl, "rewrite_links", lambda answer, address: (answer.body, []))

    return known


@pytest.mark.django_db
def test_two_exports_of_the_same_content_have_the_same_bytes(tmp_path, only, monkeypatch):
    factories.briefing()
    of_language = ("", "interviews/", "share.png", "notices/feed.xml", "notices/calendar.ics")
    of_none = ("/sitemap.xml", "/sitemap-notices.xml", "/api/content.json", "/favicon.ico", "/faq/")
    only(*(f"/ja/{name}" for name in of_language), *of_none)
    share_picture.cache_clear()
    export(tmp_path / "one")
    share_picture.cache_clear()
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    export(tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert manifest_of(tmp_path / "one") == manifest_of(tmp_path / "two")


@pytest.mark.django_db
def test_next_run_writes_what_changed_and_removes_what_is_gone(tmp_path, only):
    question, briefing = factories.question(slug="short-lived"), factories.briefing(slug="briefing")
    only("/ja/faq/", "/ja/work/", "/ja/faq/short-lived/", "/ja/notices/briefing/")
    export(tmp_path)
    before = files(tmp_path)
    (tmp_path / "site" / "proof-of-ownership.html").write_text("not ours")
    age(tmp_path)
    question.state = State.ARCHIVED
    question.save()
    briefing.venue_ja = "別の会場"
    briefing.save()
    report = export(tmp_path)
    after = files(tmp_path)
    assert set(before) - set(after) == {"ja/faq/short-lived/index.html"}
    assert set(after) - set(before) == {"proof-of-ownership.html"}
    assert young(tmp_path) == {"ja/faq/index.html", "ja/notices/briefing/index.html"}
    assert (report.written, report.removed) == (2, 1)
    assert not (tmp_path / "site/ja/faq/short-lived").exists()


@pytest.mark.django_db
def test_site_that_does_not_answer_to_its_own_name_is_not_exported(tmp_path, settings):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    with pytest.raises(ExportError, match="Does ALLOWED_HOSTS name the host of SITE_URL"):
        export(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def written_meanwhile(monkeypatch):
    """Return a function that publishes a question during each of the next `times` crawls of the site."""
    former = crawl.old_addresses

    def meanwhile(times):
        readings = iter(range(times))

        def reading():
            if next(readings, None) is not None:
                factories.question()
            return former()

        monkeypatch.setattr(crawl, "old_addresses", reading)

    return meanwhile


@pytest.mark.django_db
def test_content_that_changes_while_it_is_read_is_read_again(tmp_path, only, written_meanwhile):
    only("/sitemap-questions.xml")
    written_meanwhile(times=1)
    export(tmp_path)
    assert files(tmp_path)["sitemap-questions.xml"] == Site().ask("/sitemap-questions.xml").body


@pytest.mark.django_db
def test_run_that_fails_leaves_the_last_export_whole(tmp_path, only, written_meanwhile, monkeypatch):
    only("/robots.txt", "/sitemap-questions.xml")
    export(tmp_path)
    before = files(tmp_path)
    written_meanwhile(times=5)
    with pytest.raises(ExportError, match="changed 5 times"):
        export(tmp_path)
    monkeypatch.setattr(RobotsView, "get", lambda *_args: 1 / 0)
    with pytest.raises(ExportError, match=r"/robots\.txt answers 500"):
        export(tmp_path)
    assert files(tmp_path) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["manifest.json", "site"]


# The search -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_export_without_a_live_search_has_no_way_to_it():
    site = Site()
    assert site.ask("/ja/search/").status == 404
    home = site.ask("/ja/").body.decode()
    assert [word for word in ("/search/", "SearchAction", "opensearch") if word in home] == []


@pytest.mark.django_db
def test_search_of_the_export_asks_the_live_one(settings):
    settings.LIVE_SEARCH_URL = "https://live.example.go.jp/{language}/search/"
    page = Site().ask("/en/search/")
    assert Links(page.body.decode()).forms == ["https://live.example.go.jp/en/search/"]
    assert "form-action 'self' https://live.example.go.jp;" in page.headers["Content-Security-Policy"]
    assert (
        "https://live.example.go.jp/en/search/?q={searchTerms}" in Site().ask("/en/search/opensearch.xml").body.decode()
    )


# Addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/ja/paths/?with=model,goto", "/ja/paths/with.model.goto/"),
        ("/sitemap-pages.xml?p=2", "/sitemap-pages.p.2.xml"),
        ("/ja/faq/", "/ja/faq/"),
    ],
)
def test_query_becomes_a_part_of_the_path(address, path):
    assert path_of(address) == path


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("?year=2020#list", "/ja/notices/?year=2020"),
        (f"webcal:{SITE.partition(':')[2]}/ja/notices/calendar.ics", "/ja/notices/calendar.ics"),
        (SITE, "/"),
        ("https://www.mofa.go.jp/", None),
        ("mailto:someone@example.org", None),
        ("http://[", None),
    ],
)
def test_link_leads_to_an_address_of_the_site_or_elsewhere(link, address):
    assert resolve_link(link, "/ja/notices/") == address

"""The Atom feeds, parsed by a library (feedparser) other than the one that writes them."""

import calendar
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from careers.models import Notice
from interviews.models import Answer, Interview
from recruit_site.consent.models import Consent
from recruit_site.content.models import SiteText
from recruit_site.page_cache.policy import CACHE_CONTROL
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

FEEDS = [f"/{language}/{section}/feed.xml" for language in ("ja", "en") for section in ("notices", "interviews")]
#: Characters that XML 1.0 forbids everywhere, and markup that must stay text.
HOSTILE = 'A\x0b\x1f\ufffe & <script>alert("x")</script> ]]>'
DAY = timedelta(days=1)


def parsed(path):
    """Return a feed as a feed reader parses it, and assert that it is well-formed Atom 1.0."""
    feed = feedparser.parse(Client().get(path).content, sanitize_html=False)
    assert (feed.bozo, feed.version) == (False, "atom10")
    return feed


def titles(path):
    return [entry.title for entry in parsed(path).entries]


@pytest.mark.parametrize("path", FEEDS)
def test_feed_is_a_public_file_in_one_language(client, path):
    response = client.get(path)
    language = path[1:3]
    headers = ("Content-Type", "Content-Language", "Cache-Control", "X-Content-Type-Options")
    assert [response[name] for name in headers] == [
        "application/atom+xml; charset=utf-8",
        language,
        CACHE_CONTROL,
        "nosniff",
    ]
    assert (response.cookies, response.get("Vary", "Accept-Encoding")) == ({}, "Accept-Encoding")
    feed = parsed(path).feed
    links = {link.rel: link.href for link in feed.links}
    assert (feed.language, feed.author) == (language, feed.title.split(" | ")[1])
    assert links == {
        "self": settings.SITE_URL + path,
        "alternate": settings.SITE_URL + path.removesuffix("feed.xml"),
    }


def test_entry_of_a_briefing_tells_what_applicants_need():
    start = datetime(2030, 7, 1, 14, 0, tzinfo=timezone.get_default_timezone())  # Japan has no summer time
    notice = factories.briefing(
        starts_at=start, ends_at=start + DAY / 12, text_ja="**ようこそ** [受付](/ja/apply/)", venue_ja="本省"
    )
    [entry] = parsed("/ja/notices/feed.xml").entries
    assert (entry.title, entry.link) == (notice.title_ja, settings.SITE_URL + notice.get_absolute_url())
    assert entry.summary == "ようこそ 受付"
    [content] = entry.content
    assert (content.language, content.type) == ("ja", "text/html")
    assert f'<a href="{settings.SITE_URL}/ja/apply/">' in content.value  # as the reader finds it by xml:base
    for text in ("<strong>ようこそ</strong>", "2030年7月1日（月）14:00", "16:00", "本省"):
        assert text in content.value
    assert calendar.timegm(entry.updated_parsed) == int(notice.updated_at.timestamp())
    assert calendar.timegm(entry.published_parsed) == int(notice.publish_from.timestamp())


def test_entry_of_an_interview_holds_all_answers():
    interview = factories.interview(lead_ja="一言。")
    Answer.objects.create(
        interview=interview, slug="then", title_ja="それから", text_ja="続き。", title_en="", text_en=""
    )
    entry = parsed("/ja/interviews/feed.xml").entries[0]
    headings = re.findall(r"<h2>(.*?)</h2>", entry.content[0].value)
    assert (entry.title, entry.summary, headings) == (interview.title_ja, "一言。", ["動機", "それから"])


def test_entry_keeps_its_name_when_slug_and_title_change():
    notice = factories.notice()
    before = {path: parsed(path).entries[0].id for path in ("/ja/notices/feed.xml", "/en/notices/feed.xml")}
    notice.slug, notice.title_ja = "renamed", "新しい題名"
    notice.save()
    after = {path: parsed(path).entries[0] for path in before}
    assert {path: entry.id for path, entry in after.items()} == before
    assert len(set(before.values())) == 2  # a reader of both languages has both
    assert all(re.fullmatch(r"tag:testserver,2026:(ja|en)/notice/\d+", name) for name in before.values())
    assert after["/ja/notices/feed.xml"].link == f"{settings.SITE_URL}/ja/notices/renamed/"


def test_cancelled_briefing_says_so_in_its_title():
    factories.briefing(
        title_ja="説明会", title_en="Briefing", cancelled=True, cancellation_ja="台風", cancellation_en="Typhoon"
    )
    assert (titles("/ja/notices/feed.xml"), titles("/en/notices/feed.xml")) == (
        ["【中止】説明会"],
        ["Cancelled: Briefing"],
    )
    assert "台風" in parsed("/ja/notices/feed.xml").entries[0].content[0].value


def test_english_feed_holds_what_is_whole_in_english():
    factories.notice(title_ja="訳あり", title_en="Translated")
    half = factories.notice(title_ja="訳途中", title_en="Half", text_en="")
    assert (titles("/ja/notices/feed.xml"), titles("/en/notices/feed.xml")) == (["訳途中", "訳あり"], ["Translated"])
    half.text_en = "Now it is there."
    half.save()
    assert titles("/en/notices/feed.xml") == ["Half", "Translated"]


def test_feed_holds_the_fifty_that_changed_last():
    notices = [factories.notice() for _number in range(52)]
    notices[0].save()
    assert titles("/ja/notices/feed.xml") == [notice.title_ja for notice in [notices[0], *notices[:2:-1]]]


def test_feed_says_nothing_of_what_readers_may_not_see():
    hidden = [
        {"state": "draft"},
        {"state": "review"},
        {"state": "archived"},
        {"publish_from": timezone.now() + DAY},
        {"publish_until": timezone.now() - DAY, "publish_from": timezone.now() - 2 * DAY},
    ]
    for fields in hidden:
        factories.notice(**fields)
    before = titles("/ja/interviews/feed.xml")
    for fields in hidden:
        factories.interview(**fields)
        factories.interview(person=factories.live(Interview.person.field.related_model, **fields))
    assert (titles("/ja/notices/feed.xml"), titles("/ja/interviews/feed.xml")) == ([], before)


def test_feed_without_entries_is_the_same_each_time(client):
    first, second = (client.get("/ja/notices/feed.xml").content for _time in range(2))
    assert (first, titles("/ja/notices/feed.xml")) == (second, [])


def test_withdrawn_consent_takes_the_name_out_at_once():
    assert "後藤" in read(Client().get("/ja/interviews/feed.xml"))
    Consent.objects.create(
        slug="g", title_ja="後藤 怜", other_forms_ja="後藤", given_on="2024-04-01", withdrawn_on=timezone.localdate()
    )
    assert "後藤" not in read(Client().get("/ja/interviews/feed.xml"))


def test_what_xml_forbids_is_left_out_and_markup_is_text():
    SiteText.objects.filter(slug="site-name").update(text_ja=HOSTILE)
    factories.notice(title_ja=HOSTILE, text_ja=HOSTILE)
    feed = parsed("/ja/notices/feed.xml")
    text = HOSTILE[0] + HOSTILE[4:]
    assert (feed.entries[0].title, feed.feed.author) == (text, text)

    class Tags(HTMLParser):
        found = []

        def handle_starttag(self, tag, attributes):
            self.found.append(tag)

    Tags().feed(feed.entries[0].content[0].value + feed.entries[0].summary)
    assert set(Tags.found) == {"p"}


def test_feed_is_the_same_bytes_until_it_changes(client):
    notice = factories.notice()
    first = client.get("/ja/notices/feed.xml").content
    assert client.get("/ja/notices/feed.xml").content == first
    Notice.objects.filter(pk=notice.pk).update(publish_until=timezone.now())
    assert (client.get("/ja/notices/feed.xml").content == first, titles("/ja/notices/feed.xml")) == (False, [])


def http_date():
    return datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_lead_to_the_feeds_of_their_language(client, language):
    html = read(client.get(f"/{language}/faq/"))
    links = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]*)"', html)
    assert links == [path for path in FEEDS if path.startswith(f"/{language}/")]
    assert {client.get(path).status_code for path in links} == {200}
    page = read(client.get(f"/{language}/notices/"))
    assert [f'<a href="{path}" type="application/atom+xml">' in page for path in links] == [True, True]

"""Tests of notices and briefings over time: coming, changed, cancelled and past."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from careers.models import Notice
from recruit_site.content.visibility import State
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = pytest.mark.django_db

TOKYO = ZoneInfo("Asia/Tokyo")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: A Thursday, 2 p.m. in Japan.
START = datetime(2026, 12, 3, 14, 0, tzinfo=TOKYO)
END = START + 1.5 * HOUR
DEADLINE = datetime(2026, 12, 1, 17, 0, tzinfo=TOKYO)
APPLY = "https://apply.example.go.jp/briefing"
CANCELLED, CLOSED = "この説明会は中止になりました。", "に締め切りました"


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the site's clock to a datetime. The clock starts ten days before START."""

    def clock(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    clock(START - 10 * DAY)
    return clock


def briefing(**fields):
    return factories.briefing(
        **{"starts_at": START, "ends_at": END, "apply_url": APPLY, "apply_until": DEADLINE, "title_ja": "仕事の説明会"}
        | fields
    )


def words(client, path):
    """Return the text of a page's <main> without tags and with single spaces."""
    main = read(client.get(path)).split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", "", main).split())


def test_briefing_over_time(client, at):
    notice = briefing()
    visibility = {}
    for name, moment in {
        "weeks before": START - 10 * DAY,
        "after the deadline": DEADLINE,
        "while it lasts": START + HOUR,
        "after the end": END,
    }.items():
        at(moment)
        page = read(client.get(notice.get_absolute_url()))
        visibility[name] = [
            *("仕事の説明会" in read(client.get(path)) for path in ("/ja/", "/ja/apply/", "/ja/notices/")),
            f'href="{APPLY}"' in page,
            CLOSED in page,
        ]
    # Is the briefing on the home page, on the page about applying, in the list? Does its own page have the link to
    # apply, or say that applications are closed?
    assert visibility == {
        "weeks before": [True, True, True, True, False],
        "after the deadline": [True, True, True, False, True],
        "while it lasts": [True, True, True, False, True],
        "after the end": [False, False, False, False, True],
    }
    assert "仕事の説明会" in words(client, "/ja/notices/?year=2026")


def test_times_are_told_in_words_and_for_machines(client, at):
    path = briefing().get_absolute_url()
    assert "2026年12月3日（木）14:00–15:30（日本時間）" in words(client, path)
    assert "申込みは2026年12月1日（火）17:00（日本時間）まで" in words(client, path)
    with translation.override("en"):
        english = words(client, path.replace("/ja/", "/en/"))
    assert "Thursday 3 December 2026, 14:00–15:30 (Japan time)" in english
    assert "Apply by Tuesday 1 December 2026, 17:00 (Japan time)" in english
    assert re.findall(r'<time datetime="([^"]*)"', read(client.get(path))) == [
        "2026-12-03T14:00+0900",
        "2026-12-03T15:30+0900",
        "2026-12-01T17:00+0900",
    ]


def test_briefing_of_two_days_names_both(client, at):
    path = briefing(ends_at=END + DAY).get_absolute_url()
    assert "2026年12月3日（木）14:00–2026年12月4日（金）15:30（日本時間）" in words(client, path)
    assert "2026年12月3日（木）14:00–2026年12月4日（金）15:30（日本時間）" in words(client, "/ja/notices/")


def test_briefing_without_an_end_matters_to_the_end_of_its_day(at):
    notice = briefing(ends_at=None)
    last = datetime(2026, 12, 3, 23, 59, 59, tzinfo=TOKYO)
    at(last - timedelta(seconds=1))
    assert (notice.is_over, notice in Notice.objects.current()) == (False, True)
    at(last)
    assert (notice.is_over, notice in Notice.objects.past()) == (True, True)


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"ends_at": START, "apply_until": DEADLINE}, START),
        ({"apply_until": DEADLINE}, DEADLINE),
        ({}, START - 10 * DAY + timedelta(days=30)),
        ({"publish_from": START}, START + timedelta(days=30)),
    ],
    ids=["an end", "a deadline", "neither", "neither, published later"],
)
def test_notice_that_is_no_briefing_matters_until(at, fields, until):
    notice = factories.notice(**fields)
    at(until - timedelta(seconds=1))
    assert notice in Notice.objects.current()
    at(until)
    assert (notice in Notice.objects.current(), notice in Notice.objects.past()) == (False, True)


def test_notice_is_dated_on_the_day_on_which_it_is_first_published(at, client):
    notice = factories.notice(state=State.DRAFT)
    assert notice.publish_from is None
    at(START)
    notice.state = State.LIVE
    notice.save()
    at(START + 2 * DAY)
    notice.save()
    assert notice.publish_from == START
    assert "お知らせ · 2026年12月3日" in words(client, notice.get_absolute_url())


def test_cancelled_briefing_stays_in_sight_and_takes_no_applications(client, at):
    notice = briefing(cancelled=True, cancellation_ja="会場の都合です。")
    page = words(client, notice.get_absolute_url())
    assert (CANCELLED in page, "会場の都合です。" in page, "申込み" in page) == (True, True, False)
    assert APPLY not in read(client.get(notice.get_absolute_url()))
    for path in ("/ja/", "/ja/apply/", "/ja/notices/"):
        assert "中止 仕事の説明会" in words(client, path), path
        assert "申込みは2026年" not in words(client, path), path
    at(END)
    assert "仕事の説明会" not in words(client, "/ja/")
    assert "中止 仕事の説明会" in words(client, "/ja/notices/?year=2026")
    assert CANCELLED in words(client, notice.get_absolute_url())


def test_link_to_take_part_is_there_until_the_end_and_not_of_a_cancelled_briefing(client, at):
    online = "https://meeting.example.go.jp/1"
    notice = briefing(online_url=online)
    assert f'href="{online}"' in read(client.get(notice.get_absolute_url()))
    at(END)
    assert online not in read(client.get(notice.get_absolute_url()))
    at(START - DAY)
    Notice.objects.update(cancelled=True)
    assert online not in read(client.get(notice.get_absolute_url()))


def test_list_has_the_next_briefing_first_and_then_the_newest_notice(at):
    far, near = briefing(starts_at=START + 5 * DAY, ends_at=None), briefing()
    old = factories.notice(publish_from=START - 20 * DAY)
    new = factories.notice(publish_from=START - 11 * DAY)
    found = {far: "far", near: "near", old: "old", new: "new"}
    assert [found[notice] for notice in Notice.objects.current()] == ["near", "far", "new", "old"]


@pytest.mark.parametrize(
    ("briefings", "others", "shown"),
    [(0, 0, (0, 0)), (1, 0, (1, 0)), (5, 0, (3, 0)), (5, 5, (2, 1)), (1, 5, (1, 2)), (0, 5, (0, 3))],
)
def test_home_shows_three_at_most_of_both_kinds(client, at, briefings, others, shown):
    for number in range(briefings):
        briefing(title_ja=f"説明会{number}")
    for number in range(others):
        factories.notice(title_ja=f"知らせ{number}")
    for path in ("/ja/", "/ja/apply/"):
        page = read(client.get(path))
        assert tuple(len(re.findall(rf">{kind}\d</a>", page)) for kind in ("説明会", "知らせ")) == shown, path
        says_nothing = "news-title" not in page if path == "/ja/" else "お知らせや説明会の予定はありません。" in page
        assert says_nothing != any(shown), path


def test_page_without_notices_says_so_and_leads_to_where_one_can_ask(client):
    page = read(client.get("/ja/notices/"))
    main = page.split("<main")[1].split("</main>")[0]
    assert "今、このサイトに載せているお知らせや説明会の予定はありません。" in main
    assert ('href="/ja/apply/"' in main, "終了したもの" in main) == (True, False)


def test_archive_is_by_year_and_the_newest_first(client, at):
    for year in (2023, 2025):
        for month in (4, 9):
            start = datetime(year, month, 1, 10, tzinfo=TOKYO)
            briefing(title_ja=f"{year}年{month}月の会", starts_at=start, ends_at=None)
    briefing(title_ja="大晦日の会", starts_at=datetime(2025, 12, 31, 23, tzinfo=TOKYO), ends_at=None)
    page = read(client.get("/ja/notices/"))
    assert re.findall(r'href="\?year=(\d+)"', page) == ["2025", "2024", "2023"]
    page = read(client.get("/ja/notices/?year=2025"))
    assert re.findall(r"/\">([^<]*の会)</a>", page) == ["大晦日の会", "2025年9月の会", "2025年4月の会"]


@pytest.mark.parametrize("query", ["?year=1900", "?year=x", "?year=", "?page=99", "?page=x"])
def test_list_asked_for_in_strange_ways_is_the_list(client, at, query):
    briefing()
    factories.notice(publish_from=datetime(2020, 1, 1, tzinfo=TOKYO), title_ja="古い知らせ")
    page = words(client, f"/ja/notices/{query}")
    assert ("仕事の説明会" in page, "古い知らせ" in page) == (True, False)


def test_long_list_is_shown_page_by_page_within_its_year(client, at):
    for number in range(45):
        factories.notice(publish_from=datetime(2020, 1, 1, tzinfo=TOKYO) + number * DAY)
    page = read(client.get("/ja/notices/?year=2020&page=2"))
    assert page.count('class="notice-digest__title"') == 20
    assert "3ページ中2ページ目" in page
    assert 'href="?year=2020&amp;page=3" rel="next"' in page
    assert 'href="?year=2020&amp;page=1" rel="prev"' in page
    assert read(client.get("/ja/notices/?year=2020&page=3")).count('class="notice-digest__title"') == 5


@pytest.mark.parametrize("path", ["/ja/", "/ja/apply/", "/ja/notices/", "/ja/notices/?year=2020"])
def test_page_costs_the_same_queries_with_three_notices_and_with_three_hundred(client, path):
    def more(number):
        start = datetime(2020, 1, 1, tzinfo=TOKYO)
        document = factories.source()
        factories.live(Notice, starts_at=start, source=document, title_ja="会")
        rows = [
            Notice(
                slug=f"n-{number}-{i}", state=State.LIVE, title_ja="会", starts_at=at, over_at=at, publish_from=start
            )
            for i, at in enumerate([start, timezone.now() + DAY] * (number // 2))
        ]
        Notice.objects.bulk_create(rows)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    more(42)
    few = queries()
    more(300)
    assert queries() == few


def test_neighbours_of_a_notice_are_those_of_its_list(client, at):
    coming, later = briefing(), briefing(starts_at=START + 5 * DAY, ends_at=None, title_ja="次の説明会")
    briefing(starts_at=START - 300 * DAY, ends_at=None, title_ja="終わった説明会")
    page = words(client, coming.get_absolute_url())
    assert (later.title_ja in page, "終わった説明会" in page) == (True, False)


def test_japanese_notice_on_the_english_home_page_is_said_to_be_and_keeps_it_indexed(client, at):
    notice = briefing(title_en="", text_en="")
    home = read(client.get("/en/"))
    assert f'<span lang="ja">{notice.title_ja}</span>' in home
    assert ("In Japanese" in home, "noindex" in home) == (True, False)
    page = read(client.get(notice.get_absolute_url().replace("/ja/", "/en/")))
    assert ("Part of this page is available only in Japanese so far." in page, "noindex" in page) == (True, True)


#: By case: the fields of a form, the field of the error, and the beginning of its message.
FAULTS = {
    "no text": ({"text_ja": None}, "text", "このフィールド"),
    "no place": ({"venue_ja": ""}, "venue_ja", "会場か、オンラインで参加するアドレス"),
    "no start": ({"starts_at": None}, "starts_at", "開始を入れてください。"),
    "cancelled, no start": (
        {"starts_at": None, "venue_ja": "", "cancelled": True},
        "starts_at",
        "開始を入れてください。",
    ),
    "end before the start": ({"ends_at": START - HOUR}, "ends_at", "終わりは始まりより後にしてください。"),
    "end at the start": ({"ends_at": START}, "ends_at", "終わりは始まりより後にしてください。"),
    "deadline after the end": ({"apply_until": END + HOUR}, "apply_until", "申込期限は、終了より前に"),
    "deadline after the start": ({"ends_at": None, "apply_until": END}, "apply_until", "申込期限は、終了より前に"),
    "other scheme": ({"online_url": "ftp://x.example/"}, "online_url", "https:// または http:// で始まる"),
    "script": ({"apply_url": "javascript:alert(1)"}, "apply_url", "https:// または http:// で始まる"),
}


@pytest.mark.parametrize(("fields", "name", "sentence"), FAULTS.values(), ids=FAULTS)
def test_notice_that_contradicts_itself_cannot_be_published(at, fields, name, sentence):
    notice = briefing(state=State.DRAFT)
    for field, value in fields.items():
        setattr(notice, field, value)
    notice.state = State.LIVE
    with pytest.raises(ValidationError) as raised:
        notice.full_clean()
    assert list(raised.value.message_dict) == [name]
    assert sentence in " ".join(raised.value.message_dict[name])


def test_briefing_of_which_all_is_said_can_be_published(at):
    notice = briefing(capacity_ja="先着80名", online_url="http://meeting.example.go.jp/", cancelled=True)
    notice.full_clean()


@pytest.mark.ignore_template_errors
class TestInTheAdmin:
    @pytest.fixture(autouse=True)
    def _long_session(self, settings):
        """Let the session last over all the days that these tests set the clock to."""
        settings.SESSION_COOKIE_AGE = 365 * 24 * 3600

    def send(self, admin, **fields):
        url = admin_url(Notice, "add")
        return admin.post(url, form_of(read(admin.get(url))) | fields)

    def test_draft_may_be_incomplete(self, admin):
        assert self.send(admin, title_en="A briefing", ends_at_0="2026-12-03", ends_at_1="15:30").status_code == 302
        notice = Notice.objects.get()
        assert (notice.slug, notice.state) == ("a-briefing", State.DRAFT)
        assert timezone.localtime(notice.ends_at) == END

    def test_published_without_a_source_and_with_times_of_japan(self, admin, client, at):
        start = {"starts_at_0": "2026-12-03", "starts_at_1": "14:00"}
        texts = {"title_ja": "説明会", "text_ja": "本文", "venue_ja": "本省"}
        assert self.send(admin, _publish="1", **start, **texts).status_code == 302
        notice = Notice.objects.get()
        assert notice.starts_at == START
        assert "2026年12月3日（木）14:00（日本時間）" in words(client, notice.get_absolute_url())

    def test_publishing_names_what_is_missing_beside_its_field(self, admin):
        html = read(self.send(admin, _publish="1", title_ja="説明会", text_ja="本文", cancelled="on"))
        row = html.split("field-starts_at")[1].split("field-ends_at")[0]
        assert "開始を入れてください。" in row
        assert not Notice.objects.exists()

    def test_preview_shows_the_unsaved_form(self, admin):
        html = read(
            self.send(admin, _preview="1", title_ja="まだない説明会", starts_at_0="2030-12-03", starts_at_1="14:00")
        )
        assert "まだない説明会" in html
        assert "2030年12月3日（火）14:00</time>（日本時間）" in unescape(html)
        assert not Notice.objects.exists()

    def test_cancelling_is_a_working_copy_until_it_is_published(self, admin, client, at):
        notice = briefing()
        url = admin_url(Notice, "change", notice.pk)
        admin.post(url, form_of(read(admin.get(url))) | {"cancelled": "on"})
        assert CANCELLED not in words(client, notice.get_absolute_url())
        admin.post(url, form_of(read(admin.get(url))) | {"_publish": "1"})
        assert CANCELLED in words(client, notice.get_absolute_url())

    def test_deleted_notice_comes_back_on_its_day(self, admin, client, at):
        notice = factories.notice(slug="news")
        at(START)
        admin.post(admin_url(Notice, "delete", notice.pk), {"post": "yes"})
        number = re.search(r"restore/(\d+)/", read(admin.get(admin_url(Notice, "deleted"))))[1]
        admin.post(admin_url(Notice, "restore", number))
        back = Notice.objects.get(slug="news")
        assert (back.date, back.over_at, back.state) == (notice.date, notice.over_at, State.LIVE)

    def test_list_is_by_date_and_offers_no_order(self, admin, at):
        for name, start in (("near", START), ("far", START + DAY)):
            briefing(title_ja=name, starts_at=start, ends_at=None)
        factories.notice(title_ja="draft", state=State.DRAFT)
        html = read(admin.get(admin_url(Notice, "changelist")))
        assert re.findall(r'class="field-__str__"><a[^>]*>(.*?)</a>', html) == ["draft", "far", "near"]
        assert ("column-order" in html, 'name="_move"' in html) == (False, False)
        assert 'name="order"' not in read(admin.get(admin_url(Notice, "add")))
        answer = admin.post(admin_url(Notice, "changelist"), {"_move": f"up:{Notice.objects.first().pk}"})
        assert answer.status_code == 403

    def test_list_is_narrowed_to_what_still_matters(self, admin, at):
        briefing(title_ja="coming")
        briefing(title_ja="over", starts_at=START - 20 * DAY, ends_at=None)
        for now, titles in {"current": ["coming"], "past": ["over"]}.items():
            html = read(admin.get(admin_url(Notice, "changelist"), {"now": now}))
            assert re.findall(r'class="field-__str__"><a[^>]*>(.*?)</a>', html) == titles


@pytest.mark.parametrize(
    ("group", "actions"),
    [
        ("編集者", {"add", "change", "delete", "view"}),
        ("翻訳者", {"view", "translate"}),
        ("承認者", {"add", "change", "delete", "view", "publish"}),
    ],
)
def test_groups_may_do_with_notices_what_they_do_with_other_content(group, actions):
    permissions = Group.objects.get(name=group).permissions.filter(content_type__model="notice")
    assert {permission.codename.removesuffix("_notice") for permission in permissions} == actions

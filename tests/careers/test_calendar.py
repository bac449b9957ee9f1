"""Tests of the iCalendar files of briefings. vobject reads them, a library independent of the one that writes them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from careers.models import Notice
from recruit_site.api.texts import plain_text
from recruit_site.editing.revisions import record_revision
from recruit_site.page_cache.policy import CACHE_CONTROL
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = timedelta(days=1)
START = datetime(2030, 7, 1, 14, 0, tzinfo=TOKYO)
END = START + timedelta(hours=2)
FEED = "/ja/notices/calendar.ics"


def briefing(**fields):
    return factories.briefing(**{"starts_at": START, "ends_at": END, "title_ja": "説明会"} | fields)


def path_of(notice, language="ja"):
    with translation.override(language):
        return f"{notice.get_absolute_url()}briefing.ics"


def events(path):
    """Return the events of the calendar at a path, as vobject validates and reads them."""
    response = Client().get(path)
    assert response.status_code == 200
    [calendar] = vobject.readComponents(response.content.decode(), validate=True)
    return calendar.contents.get("vevent", [])


def event(notice, language="ja"):
    [calendar_event] = events(path_of(notice, language))
    return calendar_event


def texts(found, *names):
    return [getattr(found, name).value if hasattr(found, name) else None for name in names]


def test_briefing_as_a_calendar_reads_it():
    notice = briefing(venue_ja="本省8階", text_ja="**仕事**の話。\n\n- 一\n- 二", online_url="https://meet.example/1")
    found = event(notice)
    page = settings.SITE_URL + notice.get_absolute_url()
    assert texts(found, "summary", "location", "url", "status") == ["説明会", "本省8階", page, "CONFIRMED"]
    assert found.description.value == f"オンライン: https://meet.example/1\n\n仕事の話。\n\n- 一\n- 二\n\n{page}"
    assert (found.dtstart.value, found.dtend.value) == (START, END)
    assert found.dtstamp.value == found.last_modified.value == notice.updated_at.replace(microsecond=0)


@pytest.mark.parametrize("month", [1, 7])
def test_times_are_of_japan_where_clocks_never_change(month):
    start = START.replace(month=month)
    lines = read(Client().get(path_of(briefing(starts_at=start, ends_at=None)))).splitlines()
    assert f"DTSTART;TZID=Asia/Tokyo:2030{month:02}01T140000" in lines
    assert [line for line in lines if line.startswith(("TZ", "BEGIN:DAY", "DTEND"))] == [
        "TZID:Asia/Tokyo",
        "TZNAME:JST",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0900",
    ]


def test_briefing_is_a_file_to_keep_and_the_calendar_one_to_subscribe_to(client):
    notice = briefing(slug="winter")
    names = ("Content-Type", "Content-Disposition", "Cache-Control", "Content-Language")
    found = [[client.get(path)[name] for name in names] for path in (path_of(notice, "en"), FEED)]
    assert found == [
        ["text/calendar; charset=utf-8", 'attachment; filename="winter.ics"', CACHE_CONTROL, "en"],
        ["text/calendar; charset=utf-8", 'inline; filename="briefings.ics"', CACHE_CONTROL, "ja"],
    ]


def test_uid_stays_while_slug_title_and_language_change():
    notice = briefing()
    uid = event(notice).uid.value
    assert uid == f"briefing-{notice.pk}@testserver"
    notice.slug, notice.title_ja = "renamed", "別の題名"
    notice.save()
    assert [event(notice, language).uid.value for language in ("ja", "en")] == [uid, uid]


def test_old_address_leads_to_the_new_one(client):
    notice = briefing(slug="before")
    old = path_of(notice)
    notice.slug = "after"
    notice.save()
    response = client.get(old)
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (301, path_of(notice), "no-cache")


def test_sequence_rises_with_every_published_change_and_with_a_restored_version(admin):
    notice = briefing()
    url = admin_url(Notice, "change", notice.pk)
    found = []

    def change(**fields):
        admin.post(url, form_of(read(admin.get(url))) | fields)
        found.append(int(event(notice).sequence.value))

    change(_publish="1", venue_ja="別館")
    change(_publish="1", cancelled="on")
    change(venue_ja="まだ内緒")  # a working copy, which readers do not see, so `sequence` need not rise
    first = notice_revisions(notice).last()
    admin.post(admin_url(Notice, "restore", first.pk))
    found.append(int(event(notice).sequence.value))
    assert found[0] < found[1] == found[2] < found[3]
    notice.refresh_from_db()
    notice.slug = "renamed"
    notice.save()
    assert int(event(notice).sequence.value) == found[3]


def notice_revisions(notice):
    return type(record_revision(notice, "saved")).objects.of(notice)


def test_cancelled_briefing_stays_and_says_so():
    notice = briefing(
        cancelled=True,
        cancellation_ja="台風のため。",
        cancellation_en="A typhoon.",
        online_url="https://meet.example/1",
    )
    [found] = events(FEED)
    assert texts(found, "status", "summary") == ["CANCELLED", "【中止】説明会"]
    assert found.description.value.startswith("この説明会は中止になりました。\n\n台風のため。\n\n")
    assert "meet.example" not in found.description.value
    assert event(notice, "en").description.value.startswith("This briefing is cancelled.\n\nA typhoon.\n\n")


def test_calendar_holds_briefings_of_the_last_year_and_all_to_come():
    for title, at in {"to come": 30, "last week": -7, "last year": -364, "long ago": -366}.items():
        factories.briefing(at * DAY, title_ja=title)
    factories.notice(title_ja="no briefing")
    assert [found.summary.value for found in events(FEED)] == ["last year", "last week", "to come"]


def test_untranslated_briefing_is_in_the_english_calendar_in_japanese():
    briefing(title_en="", venue_en="")
    [found] = events("/en/notices/calendar.ics")
    assert (found.summary.value, found.summary.params) == ("説明会", {"LANGUAGE": ["ja"]})
    assert (found.location.params, found.description.params) == ({"LANGUAGE": ["ja"]}, {"LANGUAGE": ["en"]})


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": "draft"}, 404),
        ({"state": "review"}, 404),
        ({"publish_from": timezone.now() + DAY}, 404),
        ({"state": "archived"}, 410),
        ({"publish_from": timezone.now() - 2 * DAY, "publish_until": timezone.now() - DAY}, 410),
    ],
)
def test_briefing_that_readers_may_not_see_is_in_no_calendar(client, fields, status):
    notice = briefing(title_ja="秘密の会", **fields)
    response = client.get(path_of(notice))
    assert (response.status_code, "秘密の会" in read(response), events(FEED)) == (status, False, [])


def test_notice_without_a_start_has_no_calendar(client):
    assert client.get(path_of(factories.notice())).status_code == 404


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("一つ目。\n\n二つ目。\n次の行", "一つ目。\n\n二つ目。\n次の行"),
        ("順に。\n\n1. 受付\n2. 説明\n\n- 質疑\n- 懇談", "順に。\n\n1. 受付\n2. 説明\n\n- 質疑\n- 懇談"),
        ("**太字**と[地図](https://map.example/?a=1&b=2)", "太字と地図 (https://map.example/?a=1&b=2)"),
        ("> 引用\n\n1 < 2 & \\*", "引用\n\n1 < 2 & *"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(markdown, plain):
    assert plain_text(markdown) == plain


def test_marks_of_the_form_itself_and_long_lines_come_back_whole():
    title = "説明会, 夏; \\n “A:B” 🗾\x07" + "あ" * 80
    notice = briefing(title_ja=title, text_ja="一行目\n二行目\r\nEND:VEVENT", venue_ja="東京,\n霞が関")
    content = Client().get(path_of(notice)).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    found = event(notice)
    assert found.summary.value == title.replace("\x07", "")
    assert found.location.value == "東京,\n霞が関"
    assert found.description.value.startswith("一行目\n二行目\nEND:VEVENT\n\nhttp")


def test_same_briefings_make_the_same_bytes(client):
    path = path_of(briefing())
    assert client.get(path).content == client.get(path).content


def test_number_of_queries_does_not_depend_on_the_number_of_briefings(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(FEED).status_code == 200
        return len(captured)

    briefing()
    with_one = queries()
    briefing()
    briefing()
    assert queries() == with_one


@pytest.mark.parametrize("fields", [{"cancelled": True}, {"starts_at": START - 9999 * DAY, "ends_at": None}])
def test_page_offers_the_calendar_only_for_what_takes_place(client, fields):
    there = f'href="{path_of(briefing())}" type="text/calendar"'
    assert there in read(client.get(Notice.objects.get().get_absolute_url()))
    notice = briefing(**fields)
    assert "text/calendar" not in read(client.get(notice.get_absolute_url()))


def test_list_of_notices_offers_to_subscribe(client):
    html = read(client.get("/en/notices/"))
    assert 'href="webcal://testserver/en/notices/calendar.ics"' in html
    assert 'href="/en/notices/calendar.ics" type="text/calendar"' in html

"""The steps of recruiting: their states, their dates, and where readers meet them."""

import re
from datetime import date, timedelta

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation

from careers.models import Basis, Profession, RecruitingStep
from careers.step_dates import dates_in_words
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FEED, CALENDAR = "/ja/notices/feed.xml", "/ja/notices/calendar.ics"
OFFICIAL = {
    "official_title_ja": "試験の案内",
    "official_title_en": "About the examination",
    "official_url": "https://www.jinji.go.jp/",
    "official_checked_on": TODAY,
}


def day(number):
    return TODAY + timedelta(days=number)


def part_of(client, step, path="/ja/apply/"):
    """Return the HTML of a step on the page on applying."""
    html = read(client.get(path))
    return re.search(rf'<li class="step" id="{step.anchor}">.*?</li>', html, re.DOTALL)[0]


def events(path=CALENDAR):
    [calendar] = vobject.readComponents(Client().get(path).content.decode(), validate=True)
    return calendar.contents.get("vevent", [])


@pytest.mark.parametrize(
    ("fields", "basis"),
    [
        ({}, Basis.SILENT),
        ({"starts_on": TODAY}, Basis.ENTERED),
        ({"ends_on": TODAY}, Basis.ENTERED),
        (OFFICIAL, Basis.ENTERED),
    ],
)
def test_basis_of_a_step(fields, basis):
    assert factories.recruiting_step(**fields).basis == basis


def test_step_of_the_documents_stays_stated_with_dates(client):
    step = factories.recruiting_step(3, source=factories.source())
    html = part_of(client, step)
    assert (step.basis, 'data-basis="stated"' in html, "資料にあります" in html) == (Basis.STATED, True, True)
    assert dates_in_words(step) in html


@pytest.mark.parametrize(
    ("first", "last", "japanese", "english"),
    [
        (None, None, "", ""),
        (date(2027, 6, 6), None, "2027年6月6日（日）", "Sunday 6 June 2027"),
        (date(2027, 6, 6), date(2027, 6, 6), "2027年6月6日（日）", "Sunday 6 June 2027"),
        (None, date(2027, 3, 4), "2027年3月4日（木）まで", "until Thursday 4 March 2027"),
        (
            date(2027, 2, 18),
            date(2027, 3, 4),
            "2027年2月18日（木）–2027年3月4日（木）",
            "Thursday 18 February 2027 – Thursday 4 March 2027",
        ),
    ],
)
def test_dates_in_words(first, last, japanese, english):
    step = RecruitingStep(starts_on=first, ends_on=last)
    assert dates_in_words(step) == japanese
    with translation.override("en"):
        assert dates_in_words(step) == english


def test_empty_step_says_so_and_an_entered_one_shows_date_page_and_day_of_checking(client):
    empty, entered = factories.recruiting_step(), factories.recruiting_step(5, **OFFICIAL)
    html = part_of(client, empty)
    assert ("資料にありません" in html, "日程はまだ載せていません" in html, "<dl" in html) == (True, True, False)
    html = part_of(client, entered)
    assert ("職員が記入" in html, "まだ載せていません" in html) == (True, False)
    for text in (dates_in_words(entered), "試験の案内", 'href="https://www.jinji.go.jp/"', f"{TODAY.day}日"):
        assert text in html


def test_past_dates_say_that_they_are_over_and_that_the_next_are_not_entered(client):
    html = part_of(client, factories.recruiting_step(-1))
    assert ("終了" in html, "次の日程" in html, "まだ載せていません" in html) == (True, True, True)
    html = part_of(client, factories.recruiting_step(-3, ends_on=TODAY))
    assert ("終了" in html, "次の日程" in html) == (False, False)


def test_step_says_for_whom_it_is_and_hides_what_is_not_live(client):
    profession = factories.live(Profession, title_ja="見える職種")
    step = factories.recruiting_step(profession=profession)
    step.exam_categories.add(
        factories.exam_category(title_ja="見える区分"), factories.exam_category(title_ja="見えない区分", state="draft")
    )
    html = part_of(client, step)
    assert ("見える職種" in html, "見える区分" in html, "見えない区分" in html) == (True, True, False)


@pytest.mark.parametrize(
    ("first", "last", "near"),
    [(0, None, True), (60, None, True), (61, None, False), (-9, 0, True), (-9, -1, False), (-1, None, False)],
)
def test_home_shows_a_step_from_sixty_days_before_to_its_last_day(client, first, last, near):
    step = factories.recruiting_step(first, ends_on=None if last is None else day(last))
    assert (step.get_absolute_url() in read(client.get("/ja/"))) == near


def test_home_shows_the_two_next_steps_alone(client):
    steps = [factories.recruiting_step(number) for number in (30, 10, 20)]
    html = read(client.get("/ja/"))
    assert [step.get_absolute_url() in html for step in steps] == [False, True, True]


def test_calendar_holds_a_step_as_whole_days():
    step = factories.recruiting_step(title_ja="申込期間", starts_on=day(3), ends_on=day(5), **OFFICIAL)
    [event] = events()
    assert (event.summary.value, event.dtstart.value, event.dtend.value) == ("申込期間", day(3), day(6))
    assert (event.uid.value, event.transp.value) == (f"step-{step.pk}@testserver", "TRANSPARENT")
    for text in (dates_in_words(step), "https://www.jinji.go.jp/", "公式の案内を確かめて", f"#{step.anchor}"):
        assert text in event.description.value


def test_calendar_holds_dated_steps_of_the_last_year_and_all_to_come():
    for title, at in {"long ago": -366, "last year": -364, "to come": 400}.items():
        factories.recruiting_step(at, title_ja=title)
    factories.recruiting_step(title_ja="no date", **OFFICIAL)
    assert [event.summary.value for event in events()] == ["last year", "to come"]


def test_feed_holds_steps_with_dates_or_an_official_page_and_notices(client):
    factories.recruiting_step(title_ja="段階だけ")
    factories.notice(title_ja="お知らせ")
    step = factories.recruiting_step(2, title_ja="日程あり", text_ja="持ち物。", text_en="Things to bring.")
    html = read(client.get(FEED))
    assert re.findall(r"<title>([^|<]*)</title>", html) == ["日程あり", "お知らせ"]
    assert (dates_in_words(step) in html, "段階だけ" in html) == (True, False)


def test_untranslated_step_is_in_the_english_calendar_and_not_in_the_english_feed(client):
    factories.recruiting_step(2, title_ja="未翻訳", title_en="")
    [event] = events("/en/notices/calendar.ics")
    assert (event.summary.value, event.summary.params) == ("未翻訳", {"LANGUAGE": ["ja"]})
    assert "未翻訳" not in read(client.get("/en/notices/feed.xml"))


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"publish_from": timezone.now() + timedelta(days=1)}])
def test_hidden_step_is_nowhere(client, fields):
    factories.recruiting_step(1, title_ja="秘密の段階", **fields)
    for path in ("/ja/", "/ja/apply/", FEED, CALENDAR):
        assert "秘密の段階" not in read(client.get(path)), path
    assert "#step-" not in read(client.get("/ja/search/?q=秘密の段階"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": day(2), "ends_on": day(1)}, "ends_on"),
        (OFFICIAL | {"official_checked_on": None}, "official_checked_on"),
    ],
)
def test_step_with_contradicting_facts_is_refused(fields, field):
    step = factories.recruiting_step()
    for name, value in fields.items():
        setattr(step, name, value)
    with pytest.raises(ValidationError) as refused:
        step.clean()
    assert set(refused.value.message_dict) == {field}


@pytest.mark.ignore_template_errors
def test_editor_enters_the_dates_of_a_step(admin, client):
    step = RecruitingStep.objects.get(slug="application")
    url = admin_url(RecruitingStep, "change", step.pk)
    html = read(admin.get(admin_url(RecruitingStep, "changelist")))
    assert "資料にありません" in html
    form = form_of(read(admin.get(url)))
    official = {name: value for name, value in OFFICIAL.items() if name != "official_checked_on"}
    dates = {"starts_on": "2100-02-18", "ends_on": "2100-03-04", "official_checked_on": "2026-11-30"}
    admin.post(url, form | official | dates | {"_publish": "1"})
    html = part_of(client, step)
    assert ("2100年2月18日" in html, 'data-basis="entered"' in html) == (True, True)


def test_step_is_to_be_filled_in_until_it_has_dates_to_come():
    RecruitingStep.objects.all().delete()
    silent, past = factories.recruiting_step(), factories.recruiting_step(-1)
    factories.recruiting_step(1)
    factories.recruiting_step(source=factories.source())
    assert list(RecruitingStep.objects.to_be_filled_in()) == [silent, past]

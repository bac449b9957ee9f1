"""A consent that ends or is withdrawn takes the name off every page, at once and without anyone's action."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from careers.models import Person
from faq.models import Question
from interviews.models import Interview
from recruit_site.consent.models import Consent, Mention
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read, read_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TODAY = timezone.localdate
DAY = timedelta(days=1)


def consent(**fields):
    names = {"title_ja": "後藤 怜", "title_en": "Goto", "other_forms_ja": "後藤"}
    return Consent.objects.create(**{"slug": "consent-g"} | names | {"given_on": date(2024, 4, 1)} | fields)


def crawled(client):
    """Return {path: text} of every public page that links lead to."""
    pages, ahead = {}, ["/ja/", "/en/"]
    while ahead:
        path = ahead.pop()
        if path not in pages:
            response = client.get(path)
            pages[path] = read(response) if response["Content-Type"].startswith("text/html") else ""
            links = re.findall(r'href="(/(?:ja|en)/[^"#]*)', pages[path])
            ahead += [address.replace("&amp;", "&") for address in links]
    return pages


def test_no_page_holds_the_name_once_consent_is_withdrawn(client):
    given = consent()
    name = re.compile("後藤|goto", re.IGNORECASE)
    assert {"/ja/interviews/goto/", "/en/interviews/goto/", "/ja/days/"} <= {
        path for path, html in crawled(client).items() if name.search(html)
    }
    given.withdrawn_on = TODAY()
    given.save()
    pages = crawled(client) | {"/sitemap.xml": read_sitemap(client)}
    assert [path for path, html in pages.items() if name.search(html + path)] == []
    assert len(pages) > 60


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"ends_on": TODAY()}, True),
        ({"ends_on": TODAY() - DAY}, False),
        ({"withdrawn_on": TODAY()}, False),
        ({"withdrawn_on": TODAY() + DAY}, True),
        ({"ends_on": TODAY() + DAY, "withdrawn_on": TODAY()}, False),
        ({"web": False}, False),
        ({"name": False}, False),
        ({"photo": False}, True),
    ],
    ids=str,
)
def test_piece_that_holds_a_name_is_live_while_the_consent_covers_it(client, fields, shown):
    question = factories.question(text_ja="後藤さんが答えた。")
    consent(**fields)
    assert (question in Question.objects.published()) == shown
    assert client.get(question.get_absolute_url()).status_code == (200 if shown else 410)


def test_consent_ends_without_anyone_doing_anything(monkeypatch):
    question = factories.question(text_en="Goto says so.")
    consent(ends_on=TODAY())
    assert question in Question.objects.published()
    tomorrow = timezone.now() + DAY
    monkeypatch.setattr("recruit_site.content.querysets.timezone.now", lambda: tomorrow)
    assert question not in Question.objects.published()


def test_interview_goes_with_the_person_it_stands_with():
    interview = factories.interview()
    interview.person.title_ja = "山本 花"
    interview.person.save()
    consent(title_ja="山本花", other_forms_ja="山本 花", title_en="Hana Yamamoto", withdrawn_on=TODAY())
    assert interview not in Interview.objects.published()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("後藤怜は技術系職員だ。", True),
        ("GOTO works abroad", True),
        ("Gotoh and Negoto are others", False),
        ("goto-day", True),
        ("前後の藤の花", False),
    ],
)
def test_name_is_found_in_all_its_forms_and_not_in_other_words(text, holds):
    consent()
    question = factories.question(text_en=text)
    Consent.objects.get().mentions.all().delete()
    changed = Consent.objects.get()
    changed.other_forms_ja = "後藤,後藤氏"
    changed.save()
    assert Mention.objects.of(question).exists() == holds


def test_name_that_an_editor_writes_or_takes_out_is_noticed(admin):
    consent(withdrawn_on=TODAY())
    question = factories.question()
    url = admin_url(Question, "change", question.pk)
    for text, live in (("後藤さんの話。", False), ("ある職員の話。", True)):
        form = form_of(read(admin.get(url))) | {"source": str(factories.source().pk)}
        admin.post(url, form | {"text_ja": text, "_publish": "1"})
        question.refresh_from_db()
        assert (question.text_ja, question in Question.objects.published()) == (text, live)


def test_form_and_list_say_why_a_piece_is_withheld(admin):
    question = factories.question(title_ja="後藤さんとは")
    given = consent(withdrawn_on=TODAY())
    form = read(admin.get(admin_url(Question, "change", question.pk)))
    assert f'href="{admin_url(Consent, "change", given.pk)}"' in form
    assert f"{TODAY()} 撤回" in form
    assert "同意がないため非表示" in read(admin.get(admin_url(Question, "changelist") + f"?q={question.slug}"))
    assert "後藤さんとは" in read(admin.get(admin_url(Consent, "change", given.pk)))


def test_piece_that_is_withheld_can_still_be_previewed(admin):
    question = factories.question(title_ja="後藤さんとは")
    consent(withdrawn_on=TODAY())
    url = admin_url(Question, "change", question.pk)
    response = admin.post(url, form_of(read(admin.get(url))) | {"_preview": "1"})
    assert "後藤さんとは" in read(response)
    assert Mention.objects.of(question).exists()


def test_consent_whose_name_is_on_the_site_cannot_be_deleted(admin):
    factories.question(title_ja="後藤さんとは")
    given = consent(withdrawn_on=TODAY())
    assert admin.post(admin_url(Consent, "delete", given.pk), {"post": "yes"}).status_code == 403
    assert Consent.objects.filter(pk=given.pk).exists()


def test_list_of_consents_can_be_narrowed_to_those_that_no_longer_hold(admin):
    consent()
    Consent.objects.create(slug="other", title_ja="鈴木 一", given_on=date(2024, 4, 1), ends_on=TODAY() - DAY)
    ended = read(admin.get(admin_url(Consent, "changelist") + "?standing=lapsed"))
    valid = read(admin.get(admin_url(Consent, "changelist") + "?standing=valid"))
    assert [name in ended for name in ("後藤 怜", "鈴木 一")] == [False, True]
    assert [name in valid for name in ("後藤 怜", "鈴木 一")] == [True, False]


def test_consent_that_ends_before_it_was_given_is_refused():
    given = Consent(slug="x", title_ja="名", given_on=date(2024, 4, 2), ends_on=date(2024, 4, 1))
    with pytest.raises(Exception, match="期限は、同意した日より前"):
        given.full_clean()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [({}, True), ({"photo": False}, False), ({"withdrawn_on": TODAY()}, False), ({"name": False}, True)],
)
def test_picture_is_shown_while_everyone_in_it_agrees(client, fields, shown):
    picture = factories.picture()
    picture.shows.add(
        consent(), consent(slug="other", title_ja="鈴木 一", other_forms_ja="", title_en="Suzuki", **fields)
    )
    interview = factories.interview(picture=picture)
    assert ("<picture>" in read(client.get(interview.get_absolute_url()))) == shown


def test_picture_whose_words_hold_a_name_goes_with_the_name(client):
    interview = factories.interview(picture=factories.picture(caption_ja="執務中の後藤さん"))
    consent(withdrawn_on=TODAY())
    html = read(client.get(interview.get_absolute_url()))
    assert ("<picture>" in html, "後藤" in html) == (False, False)


def test_profile_shows_the_consent_or_asks_for_it(admin):
    person = Person.objects.get(slug="goto")
    form = admin_url(Person, "change", person.pk)
    address = re.search(r'href="([^"]*consent/add/[?][^"]*)"', read(admin.get(form)))[1].replace("&amp;", "&")
    filled = form_of(read(admin.get(address)))
    assert (filled["title_ja"], filled["title_en"]) == ("後藤 怜", "Goto")
    consent(ends_on=TODAY() + DAY)
    html = read(admin.get(form))
    assert ("consent/add/?" in html, f"氏名, 写真, ウェブ（{TODAY() + DAY} まで）" in html) == (False, True)


def test_profile_without_a_name_asks_for_no_consent(admin):
    person = factories.interview().person
    assert "consent/add/?" not in read(admin.get(admin_url(Person, "change", person.pk)))

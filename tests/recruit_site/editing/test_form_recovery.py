"""The session ends while someone writes: the text comes back after signing in, and only that person saves it."""

import html

import pytest
from django.test import Client

from faq.models import Question
from recruit_site.content.models import Source
from recruit_site.editing.models import Revision, WorkingCopy
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read
from tests.recruit_site.editing.test_workflow import EDITOR, press, question, signed_in

__all__ = ["signed_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LONG = '一行目 & <b>"二行目"</b>\r\n' * 500
PASSWORD = "a long enough password"


@pytest.fixture
def writer(signed_in, django_user_model):
    browser = signed_in(EDITOR)
    user = django_user_model.objects.get(username=EDITOR)
    user.set_password(PASSWORD)
    user.save()
    browser.force_login(user)
    return browser


def fields_of(page):
    """Return the fields of a page's form, with values as a browser reads them."""
    return {name: html.unescape(value) for name, value in form_of(page).items()}


def signed_in_again(browser, page, name=EDITOR):
    return browser.post("/admin/login/", fields_of(page) | {"username": name, "password": PASSWORD})


def sent_without_session(browser, url, **fields):
    form = form_of(read(browser.get(url)))
    browser.logout()
    return browser.post(url, form | fields)


@pytest.mark.parametrize("verb", ["_save", "_review", "_publish", "_discard"])
def test_text_comes_back_after_signing_in_and_is_not_saved(writer, verb):
    row = question(state="draft", text_ja="もとの答え。")
    url = admin_url(Question, "change", row.pk)
    sign_in = sent_without_session(writer, url, text_ja=LONG, **{verb: "1"})
    assert "保存されていません" in read(sign_in)
    wrong = writer.post("/admin/login/", fields_of(read(sign_in)) | {"username": EDITOR, "password": "wrong"})
    bridge = signed_in_again(writer, read(wrong))
    assert f'action="{url}"' in read(bridge)
    back = writer.post(url, fields_of(read(bridge)) | {"_resume": "1"})
    assert fields_of(read(back))["text_ja"] == LONG
    assert "まだ保存されていません" in read(back)
    assert "errornote" not in read(back)
    row.refresh_from_db()
    assert (row.text_ja, WorkingCopy.objects.count()) == ("もとの答え。", 0)
    writer.post(url, fields_of(read(back)) | {"_save": "1"})
    row.refresh_from_db()
    assert row.text_ja == LONG.replace("\r\n", "\n").strip()
    assert "saved" in {revision.event for revision in Revision.objects.of(row)}


def test_new_piece_and_new_parts_come_back(writer):
    row = factories.interview(state="draft")
    url = admin_url(type(row), "change", row.pk)
    new = {"answers-1-title_ja": "二つ目", "answers-1-text_ja": "答え。", "answers-1-slug": ""}
    sign_in = sent_without_session(writer, url, **new, **{"answers-TOTAL_FORMS": "2"})
    back = writer.post(url, fields_of(read(signed_in_again(writer, read(sign_in)))) | {"_resume": "1"})
    assert fields_of(read(back))["answers-1-title_ja"] == "二つ目"
    url = admin_url(Question, "add")
    sign_in = sent_without_session(writer, url, title_ja="新しい質問")
    back = writer.post(url, fields_of(read(signed_in_again(writer, read(sign_in)))) | {"_resume": "1"})
    assert fields_of(read(back))["title_ja"] == "新しい質問"
    assert not Question.objects.filter(title_ja="新しい質問").exists()


def test_text_comes_back_beside_what_someone_else_saved_since(writer, signed_in):
    row = question(title_ja="もとの質問")
    url = admin_url(Question, "change", row.pk)
    sign_in = sent_without_session(writer, url, title_ja="書いた質問")
    press(signed_in(EDITOR, "other"), "_save", row, title_ja="先に直した質問")
    back = writer.post(url, fields_of(read(signed_in_again(writer, read(sign_in)))) | {"_resume": "1"})
    assert "otherさんが" in read(back)
    assert fields_of(read(back))["title_ja"] == "書いた質問"
    assert WorkingCopy.objects.get().snapshot["title_ja"] == "先に直した質問"


def test_kind_of_content_without_states_comes_back_too(admin, django_user_model):
    django_user_model.objects.create_superuser(EDITOR, password=PASSWORD)
    row = factories.source()
    url = admin_url(Source, "change", row.pk)
    sign_in = sent_without_session(admin, url, title_ja="書いた題")
    back = admin.post(url, fields_of(read(signed_in_again(admin, read(sign_in)))) | {"_resume": "1"})
    assert fields_of(read(back))["title_ja"] == "書いた題"
    row.refresh_from_db()
    assert row.title_ja != "書いた題"


def test_someone_who_may_not_change_the_piece_cannot_by_signing_in(writer, django_user_model):
    django_user_model.objects.create_user("visitor", password=PASSWORD, is_staff=True)
    row = question()
    url = admin_url(Question, "change", row.pk)
    bridge = signed_in_again(writer, read(sent_without_session(writer, url, title_ja="題")), "visitor")
    assert writer.post(url, fields_of(read(bridge)) | {"_resume": "1"}).status_code == 403


def test_only_forms_of_content_are_carried(admin):
    for address in ("/admin/auth/user/add/", admin_url(Question, "changelist"), "/admin/password_change/"):
        admin.logout()
        response = admin.post(address, {"password1": "secret", "password2": "secret"})
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_form_that_keeps_itself_is_told_that_the_session_is_over(writer):
    url = admin_url(Question, "change", question().pk)
    response = sent_without_session(writer, url, title_ja="題", _autosave="1")
    assert (response.status_code, response.json()["kept"]) == (403, False)
    assert "ログイン" in response.json()["said"]


def test_carried_fields_go_to_no_other_site(writer):
    writer.logout()
    sent = {"username": EDITOR, "password": PASSWORD, "next": "https://evil.example/", "carried:a": "b"}
    assert "evil.example" not in read(writer.post("/admin/login/", sent))


def strict(writer, token="a" * 32):
    """Return a browser with CSRF checks, the writer's cookies and a CSRF token."""
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "ja"})
    browser.cookies = writer.cookies
    browser.cookies["csrftoken"] = token
    return browser


def test_form_with_the_key_of_an_earlier_session_is_kept(writer):
    url = admin_url(Question, "change", question().pk)
    form = form_of(read(writer.get(url))) | {"title_ja": "書いた質問", "csrfmiddlewaretoken": "b" * 32}
    browser = strict(writer)
    answer = browser.post(url, form | {"_autosave": "1"}, headers={"origin": "http://testserver"})
    assert (answer.status_code, answer.json()["kept"]) == (403, False)
    bridge = browser.post(url, form, headers={"origin": "http://testserver"})
    assert "まだ保存されていません" in read(bridge)
    back = browser.post(url, fields_of(read(bridge)) | {"_resume": "1"})
    assert fields_of(read(back))["title_ja"] == "書いた質問"


def test_sign_in_page_with_the_key_of_an_earlier_session_goes_on_carrying(writer):
    url = admin_url(Question, "change", question().pk)
    sent = {"carried:title_ja": "書いた質問", "next": url, "csrfmiddlewaretoken": "b" * 32}
    origin = {"origin": "http://testserver"}
    bridge = strict(writer).post("/admin/login/", sent, headers=origin)
    assert (f'action="{url}"' in read(bridge), fields_of(read(bridge))["title_ja"]) == (True, "書いた質問")
    writer.logout()
    assert (
        fields_of(read(strict(writer).post("/admin/login/", sent, headers=origin)))["carried:title_ja"] == "書いた質問"
    )
    away = strict(writer).post("/admin/login/", sent | {"next": "https://evil.example/"}, headers=origin)
    assert away.status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
def test_text_that_another_site_sent_is_not_offered(writer, origin):
    url = admin_url(Question, "change", question().pk)
    response = strict(writer).post(url, {"title_ja": "よその文"}, headers={"origin": origin} if origin else {})
    assert (response.status_code, "よその文" in read(response)) == (403, False)

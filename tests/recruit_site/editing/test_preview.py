"""Previews: an editor sees a text in the public pages before readers do, and nothing is written."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from careers.models import Duty
from faq.models import Question, Topic
from interviews.models import Interview
from recruit_site.content.models import SiteText
from recruit_site.editing.models import Revision
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def preview(admin, url, **fields):
    """Return a preview and the pages in its frames: Japanese and English, each for a phone and a desktop."""
    response = admin.post(url, form_of(read(admin.get(url))) | {"_preview": "1"} | fields)
    assert response.status_code == 200
    return read(response), [
        unescape(html) for html in re.findall(r'srcdoc="(.*?)"></iframe>', read(response), re.DOTALL)
    ]


def test_unsaved_text_is_shown_in_both_languages_and_not_written(admin):
    question = factories.question()
    before = Question.objects.filter(pk=question.pk).values().get()
    url = admin_url(Question, "change", question.pk)
    html, frames = preview(admin, url, title_ja="まだない質問", title_en="A question to come")
    assert ["まだない質問" in frame for frame in frames] == [True, True, False, False]
    assert ["A question to come" in frame for frame in frames] == [False, False, True, True]
    assert Question.objects.filter(pk=question.pk).values().get() == before
    assert not Revision.objects.of(question).exists()
    assert "変更しました" not in html


def test_parts_of_the_form_are_shown_too(admin):
    interview = factories.interview()
    _html, frames = preview(
        admin, admin_url(Interview, "change", interview.pk), **{"answers-0-text_ja": "試しの答え。"}
    )
    assert "試しの答え。" in frames[0]
    assert interview.answers.get().text_ja == "理由。"


def test_new_piece_is_previewed_before_it_exists(admin):
    topic = factories.live(Topic, state="draft")
    _html, frames = preview(
        admin, admin_url(Question, "add"), topic=str(topic.pk), slug="new", title_ja="新しい質問", text_ja="答え。"
    )
    assert "新しい質問" in frames[0]
    assert not Question.objects.filter(slug="new").exists()
    topic.refresh_from_db()
    assert topic.state == "draft"


def test_piece_without_a_page_of_its_own_is_shown_on_the_page_it_stands_on(admin):
    duty = factories.live(Duty, state="draft")
    _html, frames = preview(admin, admin_url(Duty, "change", duty.pk), title_ja="試しの担当")
    assert "試しの担当" in frames[0]


def test_sentence_of_the_site_is_shown_on_the_home_page(admin):
    site_text = SiteText.objects.get(slug="disclaimer")
    _html, frames = preview(admin, admin_url(SiteText, "change", site_text.pk), text_ja="試しの断り書き。")
    assert "試しの断り書き。" in frames[0]


def test_form_with_a_fault_comes_back_with_its_messages(admin):
    question = factories.question()
    url = admin_url(Question, "change", question.pk)
    response = admin.post(
        url, form_of(read(admin.get(url))) | {"_preview": "1", "title_ja": "長" * 500, "title_en": "Kept"}
    )
    assert "errornote" in read(response)
    assert form_of(read(response))["title_en"] == "Kept"


def link(admin, row):
    html = read(admin.get(admin_url(type(row), "share", row.pk)))
    return [re.sub(r"^https?://[^/]+", "", address) for address in re.findall(r'href="([^"]*/preview/[^"]*)"', html)]


@pytest.mark.parametrize(
    "hidden",
    [{"state": "draft"}, {"state": "review"}, {"publish_from": timezone.now() + timedelta(days=1)}],
    ids=["draft", "in review", "scheduled"],
)
def test_signed_link_shows_a_saved_draft_without_an_account(admin, client, hidden):
    question = factories.question(title_ja="秘密の質問", title_en="A secret question", **hidden)
    japanese, english = (client.get(address) for address in link(admin, question))
    assert ("秘密の質問" in read(japanese), "A secret question" in read(english)) == (True, True)
    assert (japanese["X-Robots-Tag"], "no-store" in japanese["Cache-Control"]) == ("noindex", True)
    question.refresh_from_db()
    assert client.get(question.get_absolute_url()).status_code == 404
    assert "秘密の質問" not in read(client.get("/ja/faq/"))


def test_link_shows_the_working_copy_of_a_live_piece(admin, client):
    question = factories.question(title_ja="いまの質問")
    url = admin_url(Question, "change", question.pk)
    admin.post(url, form_of(read(admin.get(url))) | {"_save": "1", "title_ja": "次の質問"})
    assert "次の質問" in read(client.get(link(admin, question)[0]))
    assert "いまの質問" in read(client.get(question.get_absolute_url()))


def test_link_says_that_it_is_a_preview(admin, client):
    question = factories.question(state="draft")
    assert "保存済みの内容のプレビューです。" in read(client.get(link(admin, question)[0]))
    assert "プレビュー" not in read(client.get("/ja/faq/"))


@pytest.mark.parametrize("days", [6, 8])
def test_link_works_for_a_week(admin, client, monkeypatch, days):
    address = link(admin, factories.question(state="draft"))[0]
    later = timezone.now().timestamp() + days * 86400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get(address).status_code == (200 if days < 7 else 404)


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "a:b:c",
        signing.dumps(["faq.question", "x"], salt="other"),
        signing.dumps(["faq.question", "nobody"], salt="preview"),
    ],
    ids=["too short", "altered", "signed for something else", "of nobody"],
)
def test_altered_link_and_link_to_nothing_are_not_found(client, token):
    assert client.get(reverse("preview", args=(token, "ja"))).status_code == 404


def test_link_in_an_unknown_language_is_not_found(admin, client):
    address = link(admin, factories.question(state="draft"))[0]
    assert client.get(address.replace("/ja/", "/fr/")).status_code == 404


def test_preview_needs_the_permission(client, django_user_model):
    question = factories.question()
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.post(admin_url(Question, "change", question.pk), {"_preview": "1"}).status_code == 403
    assert client.get(admin_url(Question, "share", question.pk)).status_code == 404

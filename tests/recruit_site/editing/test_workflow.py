"""The workflow from draft to live: who may do what, and the working copies of live pieces."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.models import Duty
from faq.models import Question
from interviews.models import Interview
from recruit_site.content.models import Source
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.revisions import record_revision
from recruit_site.editing.workflow import WorkflowMixin
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

EDITOR, TRANSLATOR, APPROVER = "編集者", "翻訳者", "承認者"


@pytest.fixture
def signed_in(django_user_model):
    """Return a function that makes a user in a group and returns a browser signed in as that user."""

    def browser(group, name=None):
        user = django_user_model.objects.create_user(name or group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client(headers={"accept-language": "ja"})
        client.force_login(user)
        return client

    return browser


def press(browser, verb, row, **fields):
    """Open a row's form, change fields and press a button; return the page that follows."""
    url = admin_url(type(row), "change", row.pk)
    return browser.post(url, form_of(read(browser.get(url))) | {verb: "1"} | fields, follow=True)


def question(**fields):
    return factories.question(source=factories.source(), **fields)


def seen(row):
    """Return the status and the page that a reader gets at the URL of a row."""
    response = Client().get(row.get_absolute_url())
    return response.status_code, read(response)


def test_new_piece_is_a_draft_until_it_is_published(signed_in):
    approver = signed_in(APPROVER)
    form = form_of(read(approver.get(admin_url(Question, "add"))))
    new = {"slug": "new", "title_ja": "新しい質問", "text_ja": "答え。", "topic": str(question().topic_id)}
    approver.post(admin_url(Question, "add"), form | new | {"_save": "1"})
    row = Question.objects.get(slug="new")
    assert (row.state, seen(row)[0]) == ("draft", 404)
    press(approver, "_publish", row, source=str(Source.objects.first().pk))
    row.refresh_from_db()
    assert (row.state, "新しい質問" in seen(row)[1]) == ("live", True)


def test_draft_may_lack_anything_and_publishing_says_what_is_missing(signed_in):
    approver = signed_in(APPROVER)
    row = factories.question(state="draft")
    press(approver, "_save", row, title_ja="", text_ja="")
    row.refresh_from_db()
    assert (row.title_ja or "", row.text_ja or "", row.state) == ("", "", "draft")
    html = read(press(approver, "_publish", row))
    assert html.count("このフィールドは必須です。") == 1  # the title; a question may be without an answer
    html = read(press(approver, "_publish", row, title_ja="題名", text_ja="答え。"))
    assert "公開するには、出典資料を選んでください。" in html
    row.refresh_from_db()
    assert row.state == "draft"


def test_live_page_is_changed_in_a_working_copy_and_stays_as_it_is_until_published(signed_in):
    approver = signed_in(APPROVER)
    row = question(title_ja="いまの質問")
    html = read(press(approver, "_save", row, title_ja="次の質問"))
    assert ("いまの質問" in seen(row)[1], "次の質問" in seen(row)[1]) == (True, False)
    assert form_of(html)["title_ja"] == "次の質問"
    assert "<del>いまの</del><ins>次の</ins>質問" in html
    press(approver, "_publish", row)
    assert ("いまの質問" in seen(row)[1], "次の質問" in seen(row)[1]) == (False, True)
    assert not WorkingCopy.objects.exists()


def test_working_copy_holds_new_changed_and_removed_parts(signed_in):
    approver = signed_in(APPROVER)
    row = factories.interview(source=factories.source())
    row.answers.create(slug="old", title_ja="古い問い", text_ja="古い答え。")
    new = {"answers-2-title_ja": "三つ目", "answers-2-text_ja": "三つ目の答え。", "answers-TOTAL_FORMS": "3"}
    press(approver, "_save", row, **new, **{"answers-0-text_ja": "直した答え。", "answers-1-DELETE": "on"})
    assert [answer.text_ja for answer in row.answers.all()] == ["理由。", "古い答え。"]
    for _time in range(2):  # the rows of a working copy are made anew each time it is opened
        press(approver, "_save", row)
    press(approver, "_publish", row)
    assert [answer.text_ja for answer in row.answers.all()] == ["直した答え。", "三つ目の答え。"]
    assert row.answers.first().slug == "why"


def test_working_copy_is_thrown_away_but_stays_in_the_history(signed_in):
    approver = signed_in(APPROVER)
    row = question(title_ja="いまの質問")
    press(approver, "_save", row, title_ja="次の質問")
    html = read(press(approver, "_discard", row))
    assert (form_of(html)["title_ja"], WorkingCopy.objects.count()) == ("いまの質問", 0)
    assert Revision.objects.of(row).first().snapshot["title_ja"] == "次の質問"


def test_working_copy_of_a_deleted_piece_stays_in_its_history(signed_in):
    approver = signed_in(APPROVER)
    row = question()
    press(approver, "_save", row, title_ja="次の質問")
    approver.post(admin_url(Question, "delete", row.pk), {"post": "yes"})
    events = [(revision.event, revision.snapshot["title_ja"] == "次の質問") for revision in Revision.objects.of(row)]
    assert events[:2] == [("deleted", False), ("replaced", True)]
    assert not WorkingCopy.objects.exists()


def test_working_copy_that_no_longer_fits_goes_into_the_history_and_says_why(signed_in):
    approver = signed_in(APPROVER)
    row = question(title_ja="いまの質問")
    press(approver, "_save", row, title_ja="次の質問")
    copy = WorkingCopy.objects.get()
    copy.snapshot["topic"] = "gone"
    copy.save()
    html = read(approver.get(admin_url(Question, "change", row.pk)))
    assert ("gone" in html, form_of(html)["title_ja"]) == (True, "いまの質問")
    assert Revision.objects.of(row).first().snapshot["title_ja"] == "次の質問"


def test_slug_of_a_live_piece_changes_on_publishing_alone(signed_in):
    approver = signed_in(APPROVER)
    row = question()
    html = read(press(approver, "_save", row, slug="renamed", title_ja="次の質問"))
    assert "公開するまで変わりません：スラッグ" in html
    assert (form_of(html)["slug"], form_of(html)["title_ja"]) == (row.slug, "次の質問")
    press(approver, "_publish", row, slug="renamed")
    row.refresh_from_db()
    assert (row.slug, row.title_ja, WorkingCopy.objects.count()) == ("renamed", "次の質問", 0)
    assert {"loaded", "published"} == {revision.event for revision in Revision.objects.of(row)}


def test_saving_a_working_copy_again_and_again_makes_no_revision(signed_in):
    editor = signed_in(EDITOR)
    row = question()
    for number in range(3):
        press(editor, "_save", row, title_ja=f"{number}回目")
    assert [revision.event for revision in Revision.objects.of(row)] == ["loaded"]
    assert WorkingCopy.objects.get().snapshot["title_ja"] == "2回目"


def test_schedule_is_published_and_takes_effect_by_itself(signed_in, monkeypatch):
    approver = signed_in(APPROVER)
    row = factories.question(state="draft", source=factories.source())
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    press(
        approver,
        "_publish",
        row,
        publish_from_0=f"{tomorrow:%Y-%m-%d}",
        publish_from_1=f"{tomorrow:%H:%M}",
    )
    assert seen(row)[0] == 404
    assert "公開 · 公開予定" in read(approver.get(admin_url(Question, "changelist"), {"q": row.slug}))
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("recruit_site.content.querysets.timezone.now", lambda: later)
    assert seen(row)[0] == 200


def test_withdrawn_page_is_gone(signed_in):
    row = question()
    press(signed_in(APPROVER), "_archive", row)
    assert seen(row)[0] == 410


MAY = {
    EDITOR: {"_save", "_review", "_preview"},
    TRANSLATOR: {"_save", "_review", "_preview"},
    APPROVER: {"_save", "_review", "_preview", "_publish", "_archive"},
}


@pytest.mark.parametrize("state", ["draft", "review", "live"])
@pytest.mark.parametrize("verb", ["_save", "_review", "_preview", "_publish", "_archive"])
@pytest.mark.parametrize("group", MAY)
def test_group_may_press_its_buttons_and_no_other(signed_in, group, verb, state):
    browser, row = signed_in(group), question(state=state)
    html = read(browser.get(admin_url(Question, "change", row.pk)))
    offered = verb in MAY[group] and (verb != "_archive" or state == "live")
    assert (f'name="{verb}"' in html) == offered
    response = browser.post(admin_url(Question, "change", row.pk), form_of(html) | {verb: "1"})
    assert (response.status_code == 403) == (not offered)


def test_translator_writes_the_english_alone(signed_in):
    translator = signed_in(TRANSLATOR)
    row = factories.interview(state="draft")
    sent = {
        "title_ja": "変えられない",
        "title_en": "A translated title",
        "answers-0-text_ja": "変えられない。",
        "answers-0-text_en": "A translated answer.",
        "answers-0-DELETE": "on",
    }
    press(translator, "_save", row, **sent)
    row.refresh_from_db()
    assert (row.title_ja == "変えられない", row.title_en) == (False, "A translated title")
    assert [(answer.text_ja, answer.text_en) for answer in row.answers.all()] == [("理由。", "A translated answer.")]
    assert translator.get(admin_url(Interview, "add")).status_code == 403


def test_editor_cannot_decide_what_readers_see_by_another_door(signed_in):
    editor = signed_in(EDITOR)
    row = question()
    old = Revision.objects.create(model="faq.question", slug=row.slug, event="saved", snapshot={"slug": row.slug})
    draft = factories.question(state="draft")
    doors = {
        "state in the form": press(editor, "_save", draft, state="live").status_code,
        "restore": editor.post(f"/admin/faq/question/restore/{old.pk}/").status_code,
        "delete": editor.post(admin_url(Question, "delete", row.pk), {"post": "yes"}).status_code,
    }
    draft.refresh_from_db()
    assert doors == {"state in the form": 200, "restore": 403, "delete": 403}
    assert (draft.state, Question.objects.filter(pk=row.pk).exists()) == ("draft", True)
    editor.post(
        admin_url(Question, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    )
    assert Question.objects.filter(pk=row.pk).exists()


def test_four_eyes_refuse_the_author_and_let_another_publish(signed_in, settings):
    settings.FOUR_EYES = True
    author, other = signed_in(APPROVER, "author"), signed_in(APPROVER, "other")
    row = question(title_ja="いまの質問")
    press(author, "_review", row, title_ja="次の質問")
    assert "ほかの承認者が公開してください" in read(press(author, "_publish", row))
    assert "いまの質問" in seen(row)[1]
    press(other, "_publish", row)
    assert "次の質問" in seen(row)[1]


def test_four_eyes_count_who_changes_while_publishing_as_the_author(signed_in, settings):
    settings.FOUR_EYES = True
    row = question(state="draft")
    press(signed_in(EDITOR), "_review", row, title_ja="書いた質問")
    approver = signed_in(APPROVER)
    assert "ほかの承認者が公開してください" in read(press(approver, "_publish", row, title_ja="書き足した質問"))
    row.refresh_from_db()
    assert (row.state, row.title_ja) == ("review", "書いた質問")


def test_button_says_what_readers_see_now(signed_in):
    approver, row = signed_in(APPROVER), question(state="draft", title_ja="質問")
    link = f'<a href="{row.get_absolute_url()}">サイト上で表示</a>'
    assert "「質問」を保存しました。読者には見えません。" in read(press(approver, "_save", row))
    assert "「質問」を確認に出しました。" in read(press(approver, "_review", row))
    assert f"「質問」を公開しました。いま読者に見えています。 {link}" in read(press(approver, "_publish", row))
    assert "作業中の版を確認に出しました。" in read(press(approver, "_review", row, title_en="Next"))
    assert "公開 · 作業中の版（確認中）" in read(approver.get(admin_url(Question, "changelist"), {"q": row.slug}))
    at = {"publish_from_0": "2040年4月1日", "publish_from_1": "9時"}  # as people type it
    assert "「質問」は2040年4月1日9:00に公開されます。" in read(press(approver, "_publish", row, **at))
    assert "「質問」の公開を終えました。" in read(press(approver, "_archive", row))


def test_reason_goes_with_the_working_copy_into_the_history(signed_in):
    approver, row = signed_in(APPROVER), question()
    press(approver, "_save", row, title_en="Next", _reason="数字の訂正")
    press(approver, "_publish", row)
    assert Revision.objects.of(row).first().reason == "数字の訂正"


def test_four_eyes_let_nobody_publish_by_restoring_what_they_wrote(signed_in, settings):
    settings.FOUR_EYES = True
    author, row = signed_in(APPROVER), question(title_ja="いまの質問")
    press(author, "_save", row, title_ja="次の質問")
    press(author, "_discard", row)
    press(signed_in(EDITOR), "_save", row, title_ja="ほかの質問")
    press(author, "_save", row, title_ja="さらに次の質問")  # moves the other version to the history
    replaced = next(one for one in Revision.objects.of(row) if one.snapshot["title_ja"] == "ほかの質問")
    response = author.post(reverse("admin:faq_question_restore", args=(replaced.pk,)), follow=True)
    assert "作業中の版として保存しました" in read(response)
    assert "いまの質問" in seen(row)[1]
    assert WorkingCopy.objects.of(row).get().snapshot["title_ja"] == "ほかの質問"
    assert "ほかの承認者が公開してください" in read(press(author, "_publish", row))


def test_restoring_what_the_checks_would_not_publish_makes_a_working_copy(signed_in):
    row = question(text_ja="職員は3人です。", text_en="There are three officials.")
    wrong = record_revision(row, "saved")
    wrong.snapshot["text_en"] = "There are 5 officials."
    wrong.save()
    approver = signed_in(APPROVER)
    approver.post(reverse("admin:faq_question_restore", args=(wrong.pk,)))
    row.refresh_from_db()
    assert row.text_en == "There are three officials."
    assert "公開していません" in read(press(approver, "_publish", row))


def test_working_copy_says_nothing_of_a_name_that_changed_since(signed_in):
    row = question()
    approver = signed_in(APPROVER)
    press(approver, "_save", row, title_ja="次の質問")
    row.topic.slug = "another"
    row.topic.save()
    html = read(approver.get(admin_url(Question, "change", row.pk)))
    copied = html.split('id="copy-title"')[1].split("</section>")[0]
    assert ("次の質問" in copied, str(row._meta.get_field("topic").verbose_name) in copied) == (True, False)


@pytest.mark.parametrize("state", ["draft", "live"])
def test_saving_over_a_newer_version_shows_both_and_loses_neither(signed_in, state):
    one, two = signed_in(EDITOR, "one"), signed_in(EDITOR, "two")
    row = question(state=state, title_ja="もとの質問")
    press(one, "_save", row, text_ja="始め。")
    url = admin_url(Question, "change", row.pk)
    form_of_two = form_of(read(two.get(url)))
    press(one, "_save", row, title_ja="先に直した質問")
    html = read(two.post(url, form_of_two | {"_save": "1", "title_ja": "後から直した質問"}))
    assert "oneさんが" in html
    assert "先に直した" in html
    assert form_of(html)["title_ja"] == "後から直した質問"
    two.post(url, form_of(html) | {"_save": "1"})
    assert form_of(read(two.get(url)))["title_ja"] == "後から直した質問"
    texts = [revision.snapshot["title_ja"] for revision in Revision.objects.of(row)]
    assert "先に直した質問" in texts


def test_hostile_and_huge_values_are_kept_as_text_or_refused(signed_in):
    approver = signed_in(APPROVER)
    row = factories.live(Duty, source=factories.source())
    assert press(approver, "_publish", row, text_ja="<script>alert(1)</script>" + "長" * 100_000).status_code == 200
    row.refresh_from_db()
    assert row.text_ja.startswith("<script>")
    assert "<script>alert" not in seen(row)[1]
    for wrong in ({"title_ja": "\x00"}, {"publish_from_0": "きのう"}, {"order": "-1"}, {"_base": "x-y"}):
        assert press(approver, "_publish", row, **wrong).status_code == 200


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999999"])
def test_damaged_form_is_explained(signed_in, total):
    row = factories.interview(source=factories.source())
    response = press(signed_in(APPROVER), "_publish", row, **{"answers-TOTAL_FORMS": total})
    assert response.status_code == 200
    assert row.answers.count() == 1


def test_character_that_a_database_cannot_hold_is_taken_from_the_reason(signed_in):
    row = question(state="draft")
    press(signed_in(EDITOR), "_save", row, title_ja="新しい", _reason="な\0ぜ", _right="x\0", _tied="x\0")
    assert Revision.objects.of(row).first().reason == "なぜ"


def test_two_who_save_at_once_do_so_one_after_the_other(signed_in, monkeypatch):
    row = question(state="draft")
    browser, url = signed_in(EDITOR), admin_url(Question, "change", row.pk)
    form = form_of(read(browser.get(url)))
    lock_row = WorkflowMixin.lock_row

    def waiting(self, request, row):
        """Save another version just before this request gets the lock."""
        record_revision(row, Revision.Event.SAVED)
        return lock_row(self, request, row)

    monkeypatch.setattr(WorkflowMixin, "lock_row", waiting)
    with CaptureQueriesContext(connection) as queries:
        html = read(browser.post(url, form | {"title_ja": "後の人", "_save": "1"}))
    row.refresh_from_db()
    assert row.title_ja != "後の人"
    assert "後に" in html
    assert any("FOR UPDATE" in query["sql"] for query in queries) is (connection.vendor == "postgresql")

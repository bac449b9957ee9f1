"""Autosave of an open form: it is stored beside the row, invisible to readers and to the history."""

import pytest

from faq.models import Question
from recruit_site.editing.models import Revision, WorkingCopy
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read
from tests.recruit_site.editing.test_workflow import APPROVER, EDITOR, TRANSLATOR, press, question, seen, signed_in

__all__ = ["signed_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class Writing:
    """A form that is open in a browser and is autosaved as editing.js does it."""

    def __init__(self, browser, row):
        self.browser, self.url = browser, admin_url(type(row), "change", row.pk)
        self.form = form_of(read(browser.get(self.url)))

    def keep(self, **fields):
        """Change fields and autosave the form; return (status, whether all of it is stored, the message)."""
        self.form |= fields
        response = self.browser.post(self.url, self.form | {"_autosave": "1"})
        answer = response.json()
        self.form |= answer["fields"]
        return response.status_code, answer["kept"], answer["said"]

    def press(self, verb):
        return self.browser.post(self.url, self.form | {verb: "1"}, follow=True)


@pytest.mark.parametrize("state", ["draft", "review", "live", "archived"])
def test_kept_form_is_there_when_it_is_opened_again_and_changes_nothing_else(signed_in, state):
    row = question(state=state, title_ja="もとの質問")
    before = seen(row)
    writing = Writing(signed_in(EDITOR), row)
    for number in range(3):
        status, kept, said = writing.keep(title_ja=f"{number}回目")
        assert (status, kept, said.startswith("自動保存しました ")) == (200, True, True)
    row.refresh_from_db()
    assert (row.title_ja, row.state, seen(row), Revision.objects.of(row).count()) == ("もとの質問", state, before, 0)
    html = read(writing.browser.get(writing.url))
    assert form_of(html)["title_ja"] == "2回目"
    assert f"{EDITOR}さんの作業中の版" in html
    assert "自動保存しました" not in html


@pytest.mark.parametrize("state", ["draft", "live"])
def test_own_save_after_a_kept_form_is_no_conflict_and_takes_the_copy_with_it(signed_in, state):
    row = question(state=state)
    writing = Writing(signed_in(APPROVER), row)
    writing.keep(title_ja="途中")
    writing.form["title_ja"] = "できた質問"
    assert "後に" not in read(writing.press("_publish"))
    row.refresh_from_db()
    assert (row.title_ja, WorkingCopy.objects.count()) == ("できた質問", 0)
    assert [revision.event for revision in Revision.objects.of(row)] == ["published", "loaded"]


def test_form_that_says_what_is_there_is_not_kept_twice(signed_in):
    row = question()
    writing = Writing(signed_in(EDITOR), row)
    assert writing.keep()[:2] == (200, True)
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("state", ["draft", "live"])
@pytest.mark.parametrize("verb", ["_save", "_autosave"])
def test_kept_form_never_overwrites_what_someone_else_saved_since(signed_in, state, verb):
    one, two = signed_in(EDITOR, "one"), signed_in(EDITOR, "two")
    row = question(state=state)
    writing = Writing(two, row)
    press(one, verb, row, title_ja="先に直した質問")
    for _time in range(2):
        status, kept, said = writing.keep(title_ja="後から書いた質問")
        assert (status, kept, "oneさんが" in said) == (200, False, True)
    assert form_of(read(one.get(writing.url)))["title_ja"] == "先に直した質問"
    html = read(writing.press("_save"))
    assert form_of(html)["title_ja"] == "後から書いた質問"
    assert 'data-seconds=""' in html  # no autosave until the person has decided
    two.post(writing.url, form_of(html) | {"_save": "1"})
    assert form_of(read(one.get(writing.url)))["title_ja"] == "後から書いた質問"
    assert "先に直した質問" in [revision.snapshot["title_ja"] for revision in Revision.objects.of(row)]


def test_another_persons_copy_stays_in_the_history_once(signed_in):
    one, two = signed_in(EDITOR, "one"), signed_in(EDITOR, "two")
    row = question()
    Writing(one, row).keep(title_ja="一人目の途中")
    writing = Writing(two, row)
    for number in range(3):
        assert writing.keep(title_ja=f"二人目の{number}回目")[1]
    assert [revision.snapshot["title_ja"] for revision in Revision.objects.of(row)] == ["一人目の途中"]


def test_translator_keeps_the_english_alone(signed_in):
    row = factories.interview(state="draft")
    writing = Writing(signed_in(TRANSLATOR), row)
    sent = {"title_ja": "変えられない", "title_en": "A title", "answers-0-text_ja": "変えられない。", "_tied": "why"}
    assert writing.keep(**sent)[1]
    copy = WorkingCopy.objects.get().snapshot
    assert (copy["title_ja"], copy["title_en"]) == (row.title_ja, "A title")
    assert [answer["text_ja"] for answer in copy["answers"]] == ["理由。"]


def test_new_part_stays_one_part_and_may_be_taken_out_again(signed_in):
    row = factories.interview(source=factories.source())
    writing = Writing(signed_in(APPROVER), row)
    new = {name.replace("__prefix__", "1"): value for name, value in writing.form.items() if "__prefix__" in name}
    blank = {name.replace("-1-", "-2-"): value for name, value in new.items()}
    writing.form |= new | blank | {"answers-TOTAL_FORMS": "3"}
    for number in range(2):
        assert writing.keep(**{"answers-1-title_ja": "二つ目", "answers-1-text_ja": f"{number}回目。"})[1]
    answers = WorkingCopy.objects.get().snapshot["answers"]
    assert [answer["text_ja"] for answer in answers] == ["理由。", "1回目。"]
    writing.form = {name: value for name, value in writing.form.items() if not name.startswith("answers-1-")}
    writing.form |= {"answers-TOTAL_FORMS": "1"}
    assert writing.keep(title_ja="題")[1]
    assert [answer["text_ja"] for answer in WorkingCopy.objects.get().snapshot["answers"]] == ["理由。"]


def test_slug_and_times_wait_for_a_real_save(signed_in):
    row = question(state="draft")
    status, kept, said = Writing(signed_in(EDITOR), row).keep(slug="renamed", title_ja="題")
    assert (status, kept, "スラッグ" in said) == (200, False, True)
    assert WorkingCopy.objects.get().slug == row.slug


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_ja": "\x00"},
        {"title_ja": "長" * 500},
        {"topic": "999999"},
        {"publish_from_0": "きのう"},
        {"slug": ""},
        {"_base": "x-y"},
    ],
)
def test_value_that_does_not_fit_is_not_kept_and_the_form_says_so(signed_in, wrong):
    row = question()
    status, kept, said = Writing(signed_in(EDITOR), row).keep(**wrong)
    assert (status, kept, "保存していません" in said) == (200, False, True)
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999999"])
def test_damaged_form_changes_nothing(signed_in, total):
    row = factories.interview(source=factories.source())
    fields = {"answers-TOTAL_FORMS": total, "_tied": "a b " * 9, "answers-x-slug": "", "answers-9-slug": ""}
    assert Writing(signed_in(EDITOR), row).keep(**fields)[0] == 200
    assert (WorkingCopy.objects.count(), row.answers.count()) == (0, 1)


def test_form_of_a_new_piece_is_not_made_by_keeping_it(signed_in):
    editor, row = signed_in(EDITOR), question()
    form = form_of(read(editor.get(admin_url(Question, "add"))))
    new = {"title_ja": "新しい質問", "topic": str(row.topic_id), "_autosave": "1"}
    assert editor.post(admin_url(Question, "add"), form | new).json()["kept"] is False
    assert not Question.objects.filter(title_ja="新しい質問").exists()


def test_whoever_may_not_change_a_piece_keeps_nothing(signed_in, django_user_model):
    row = question()
    writing = Writing(signed_in(EDITOR), row)
    writing.browser.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    response = writing.browser.post(writing.url, writing.form | {"title_ja": "題", "_autosave": "1"})
    assert (response.status_code, WorkingCopy.objects.count()) == (403, 0)

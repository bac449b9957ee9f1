"""Nothing that staff wrote is lost: every save is recorded, compared word by word, and can be restored."""

import pytest
from django.urls import reverse

from faq.models import Question
from interviews.models import Interview
from recruit_site.content.diff import changes, shown, words
from recruit_site.content.models import Source
from recruit_site.content.snapshot import SnapshotError, take_snapshot
from recruit_site.editing.history import restore
from recruit_site.editing.models import Revision
from recruit_site.editing.revisions import record_revision
from recruit_site.import_export.fixture_loader import load
from recruit_site.media.models import Picture
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def save(admin, row, **fields):
    """Change a row in its form, as an editor does."""
    url = admin_url(type(row), "change", row.pk)
    response = admin.post(url, form_of(read(admin.get(url))) | publish(**fields))
    assert response.status_code == 302, read(response)
    row.refresh_from_db()


def events(row):
    return [(revision.event, str(revision.author or ""), revision.reason) for revision in Revision.objects.of(row)]


def test_every_save_is_kept_with_its_author_and_note_after_what_was_there_before(admin):
    question = factories.question()
    save(admin, question, title_en="First change", _reason="A better wording")
    save(admin, question, title_en="Second change")
    assert events(question) == [
        ("published", "editor", ""),
        ("published", "editor", "A better wording"),
        ("loaded", "", ""),
    ]


def test_save_without_a_change_leaves_no_revision(admin):
    question = factories.question(text_ja="一行目。\n\n二行目。")
    save(admin, question, title_en="A change")
    url = admin_url(Question, "change", question.pk)
    as_browsers_send = {name: value.replace("\n", "\r\n") for name, value in form_of(read(admin.get(url))).items()}
    admin.post(url, as_browsers_send | publish())
    assert len(events(question)) == 2
    question.refresh_from_db()
    assert question.text_ja == "一行目。\n\n二行目。"


def test_loaded_content_begins_its_history(settings):
    question = Question.objects.get(slug="housing")
    assert [event for event, _author, _note in events(question)] == ["loaded"]
    load(settings.FIXTURES_FOLDER)
    assert len(events(question)) == 1


def test_history_shows_what_changed_word_by_word_in_each_language(admin):
    question = factories.question(title_ja="東京で働きますか。", title_en="Do I work in Tokyo?")
    save(admin, question, title_ja="京都で働きますか。", title_en="Do I work in Kyoto?")
    html = read(admin.get(admin_url(Question, "history", question.pk)))
    assert '<td lang="en">Do I work in <del>Tokyo?</del><ins>Kyoto?</ins></td>' in html
    assert '<td lang="ja"><del>東京で</del><ins>京都で</ins>働きますか。</td>' in html


def test_any_two_revisions_can_be_compared(admin):
    question = factories.question(title_en="One")
    save(admin, question, title_en="Two")
    save(admin, question, title_en="Three")
    newest, _middle, oldest = Revision.objects.of(question)
    html = read(admin.get(admin_url(Question, "history", question.pk), {"from": oldest.pk, "to": newest.pk}))
    assert "<del>One</del><ins>Three</ins>" in html
    assert "<del>Two</del>" in read(admin.get(admin_url(Question, "history", question.pk), {"from": "x", "to": "'"}))


def test_parts_that_came_went_or_changed_are_compared_under_their_names():
    interview = factories.interview()
    before = take_snapshot(interview)
    interview.answers.update(text_ja="別の理由。")
    interview.answers.create(slug="new", title_ja="新しい問い", text_ja="答え。")
    diffs = {
        (change.label, change.language): change.words for change in changes(Interview, before, take_snapshot(interview))
    }
    assert diffs["回答「動機」 回答 (日本語)", "ja"] == [("new", "別の"), ("same", "理由。")]
    assert diffs["回答「新しい問い」 回答 (日本語)", "ja"] == [("new", "答え。")]
    assert changes(Interview, before, before) == []


def test_words_of_two_texts_make_up_both():
    old, new = "在外公館で働きます。語学は研修で学びます。", "在外公館でも働けます。語学は学びます。"
    diff = words(old, new)
    assert "".join(text for kind, text in diff if kind != "new") == old
    assert "".join(text for kind, text in diff if kind != "gone") == new
    assert any(kind == "same" and "語学は" in text for kind, text in diff)


def test_times_and_choices_are_compared_as_the_form_shows_them():
    older = take_snapshot(factories.question())
    since, piece = changes(Question, older, older | {"publish_from": "2026-03-31T15:00:00+00:00"}), Picture()
    assert since[0].words == [("new", "2026-04-01 00:00")]
    field = piece._meta.get_field("decorative")
    assert (shown(field, True), shown(field, False)) == ("はい", "いいえ")


def test_restored_state_is_named_by_its_time_here(admin):
    question = factories.question(title_ja="もとの質問", state="draft")
    save(admin, question, title_ja="新しい質問")
    old = Revision.objects.of(question).last()
    Revision.objects.filter(pk=old.pk).update(at="2026-11-22T21:46:00+00:00")
    admin.post(reverse("admin:faq_question_restore", args=(old.pk,)))
    assert events(question)[0] == ("restored", "editor", "2026-11-23 06:46の状態")


def test_whole_piece_is_restored_and_stays_as_visible_as_it_is(admin):
    question = factories.question(title_ja="もとの質問", title_en="The old question", state="draft")
    save(admin, question, title_ja="新しい質問", title_en="The new question")
    old = Revision.objects.of(question).last()
    response = admin.post(reverse("admin:faq_question_restore", args=(old.pk,)), follow=True)
    question.refresh_from_db()
    assert (question.title_ja, question.title_en, question.state) == ("もとの質問", "The old question", "live")
    assert "を元に戻しました" in read(response)
    assert events(question)[0][0] == "restored"


def test_one_language_is_restored_without_the_other(admin):
    question = factories.question(title_ja="もとの質問", title_en="The old question")
    save(admin, question, title_ja="新しい質問", title_en="The new question")
    old = Revision.objects.of(question).last()
    admin.post(reverse("admin:faq_question_restore", args=(old.pk,)), {"language": "en"})
    question.refresh_from_db()
    assert (question.title_ja, question.title_en) == ("新しい質問", "The old question")


def test_deleted_interview_comes_back_with_its_answers(admin, client):
    interview = factories.interview(title_ja="消した話")
    address = interview.get_absolute_url()
    admin.post(admin_url(Interview, "delete", interview.pk), {"post": "yes"})
    assert client.get(address).status_code == 404
    html = read(admin.get(reverse("admin:interviews_interview_deleted")))
    assert "消した話" in html
    deleted = Revision.objects.filter(slug=interview.slug).first()
    admin.post(reverse("admin:interviews_interview_restore", args=(deleted.pk,)))
    assert "理由。" in read(client.get(address))
    admin.get("/admin/")  # consumes the message that names the piece
    assert "消した話" not in read(admin.get(reverse("admin:interviews_interview_deleted")))


def test_old_addresses_of_a_deleted_piece_lead_to_it_again_when_it_is_back(admin, client):
    interview = factories.interview()
    before = interview.get_absolute_url()
    interview.slug = "renamed"
    interview.save()
    admin.post(admin_url(Interview, "delete", interview.pk), {"post": "yes"})
    assert client.get(before).status_code == 404
    deleted = Revision.objects.filter(slug="renamed").first()
    admin.post(reverse("admin:interviews_interview_restore", args=(deleted.pk,)))
    assert client.get(before).url == interview.get_absolute_url()


def test_pieces_deleted_from_the_list_can_be_brought_back(admin):
    question = factories.question()
    admin.post(
        admin_url(Question, "changelist"),
        {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"},
    )
    assert not Question.objects.filter(pk=question.pk).exists()
    assert Revision.objects.of(question).first().event == "deleted"


def test_revision_older_than_a_migration_is_restored_without_the_lost_field():
    question = factories.question(title_en="Now")
    stored = take_snapshot(question) | {"title_en": "Then", "mood": "lost since"}
    del stored["scope"]  # a field added by a later migration
    row, passed_over = restore(Question, question, stored)
    assert (row.title_en, passed_over) == ("Then", ["mood"])


def test_revision_that_refers_to_what_is_gone_is_refused_with_a_reason(admin):
    question = factories.question()
    revision = record_revision(question, "saved")
    revision.snapshot["topic"] = "gone"
    revision.save()
    with pytest.raises(SnapshotError, match="gone"):
        restore(Question, question, revision.snapshot)
    response = admin.post(reverse("admin:faq_question_restore", args=(revision.pk,)), follow=True)
    assert "戻せませんでした" in read(response)


def test_restoring_takes_a_post_and_the_permission(client, admin, django_user_model):
    question = factories.question()
    revision = record_revision(question, "saved")
    address = reverse("admin:faq_question_restore", args=(revision.pk,))
    assert admin.get(address).status_code == 404
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.post(address).status_code == 403
    other = record_revision(Source.objects.first(), "saved")
    assert admin.post(reverse("admin:faq_question_restore", args=(other.pk,))).status_code == 404

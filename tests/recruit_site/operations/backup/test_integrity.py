"""`manage.py verify`: stored data agrees with the content, and each difference is reported."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from faq.models import Question
from recruit_site.consent.models import Consent, Mention
from recruit_site.content.models import OldSlug
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.revisions import record_revision
from recruit_site.operations import integrity
from recruit_site.operations.integrity import files
from recruit_site.search import index_stamp
from recruit_site.search.models import SearchEntry
from tests import factories
from tests.live_site import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _prepared():
    index_stamp.record_current_code()


@pytest.fixture
def question():
    return Question.objects.get(slug="housing")


def found(check):
    """Return the sentences that one check yields."""
    return list(integrity.CHECKS[check].find())


def test_everything_agrees_in_new_content_and_after_an_edit(question, capsys):
    question.title_ja = "寮はありますか？"
    question.save()
    record_revision(question, Revision.Event.PUBLISHED, get_user_model().objects.create_user("sato"))
    call_command("verify")
    assert capsys.readouterr().out == "Everything agrees.\n"


def test_fault_ends_it_with_a_line_for_each_and_status_1(question, capsys):
    OldSlug.objects.create(model="faq.question", slug="housing", current="studying-now")
    with pytest.raises(CommandError, match="1 fault was found"):
        call_command("verify")
    assert (
        capsys.readouterr().out == "redirects: faq.question housing is there, and its address leads to studying-now\n"
    )


def test_code_whose_rules_were_not_applied_yet_is_named_first(monkeypatch):
    monkeypatch.setattr(index_stamp, "digest_of_code", lambda: "of another version")
    SearchEntry.objects.all().delete()
    assert [finding.check for finding in integrity.findings()] == ["migrations"]


def test_row_that_refers_to_none_is_found():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets nobody write such a row")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("UPDATE faq_question SET topic_id = 9999 WHERE slug = 'housing'")
        assert len(found("database")) == 1
        cursor.execute("UPDATE faq_question SET topic_id = (SELECT id FROM faq_topic LIMIT 1) WHERE topic_id = 9999")


def test_write_past_the_history_is_found_and_an_order_is_none(question):
    Question.objects.filter(pk=question.pk).update(order=9999)
    assert found("history") == []
    Question.objects.filter(pk=question.pk).update(text_en="Changed by hand.")
    assert [says.partition(" as its")[0] for says in found("history")] == ["faq.question housing is not"]


@pytest.mark.parametrize("half", ["the row", "the revision"])
def test_half_a_deletion_is_found(question, half):
    if half == "the row":
        question.delete()
        assert "faq.question housing is not there, though its history does not say that it was deleted" in found(
            "history"
        )
    else:
        record_revision(question, Revision.Event.DELETED)
        assert found("history") == ["faq.question housing is there, though its history says that it was deleted"]


def test_english_that_is_counted_otherwise_than_it_is_is_found(question):
    Question.objects.filter(pk=question.pk).update(text_en="")
    assert found("translations") == ["faq.question housing : its English is missing, and counted otherwise"]


def test_what_names_no_piece_is_found():
    WorkingCopy.objects.create(model="faq.question", slug="gone", snapshot={})
    Revision.objects.create(model="faq.riddle", slug="sphinx", event="saved", snapshot={})
    assert found("slugs") == [
        "workingcopy of faq.question gone: there is no such piece",
        "revision of faq.riddle sphinx: this version knows no such kind of content",
    ]


def test_redirects_in_a_circle_are_found_and_those_of_a_deleted_piece_are_none():
    OldSlug.objects.create(model="faq.question", slug="first", current="deleted")
    assert found("redirects") == []
    OldSlug.objects.create(model="faq.question", slug="deleted", current="first")
    assert len(found("redirects")) == 2


def test_name_of_staff_that_was_not_noticed_is_found_and_mended(question):
    Consent.objects.create(slug="sato", title_ja="佐藤花子", given_on="2026-04-01")
    Question.objects.filter(pk=question.pk).update(text_ja="佐藤花子が答えます。")
    assert [says.partition(":")[0] for says in found("names of staff")] == ["faq.question housing"]
    integrity.CHECKS["names of staff"].mend()
    assert found("names of staff") == []
    Mention.objects.update(until=timezone.localdate())
    assert len(found("names of staff")) == 1


def test_search_that_knows_older_texts_is_found_and_mended(question):
    Question.objects.filter(pk=question.pk).update(text_ja="まったく別の答え。")
    assert found("search") == [
        "search lacks /ja/faq/housing/, or an older text is found",
        "search finds what is not at /ja/faq/housing/",
    ]
    integrity.CHECKS["search"].mend()
    assert found("search") == []


def test_what_ended_since_it_was_written_is_no_fault_of_the_search(question):
    Question.objects.filter(pk=question.pk).update(publish_until=timezone.now() - timedelta(days=1))
    SearchEntry.objects.of(question).update(until=timezone.now() - timedelta(days=1))
    assert found("search") == []


def test_checks_that_would_find_something_else_are_harmless(question):
    Question.objects.filter(pk=question.pk).update(text_en="There are 77 of them.")
    assert found("findings") == ["faq.question housing: the checks would find something else now"]
    assert integrity.IntegrityFinding("findings", "").harmless


@pytest.fixture
def picture():
    return factories.picture()


def test_picture_whose_file_is_missing_or_another_is_found(picture):
    name = picture.file.name
    default_storage.save(name, ContentFile(b"something else"))
    assert found("pictures") == [
        f"{name} is not what was uploaded, and is named by media.picture {picture.slug}: take it from a backup"
    ]
    default_storage.delete(name)
    assert found("pictures") == [
        f"{name} is missing, which is named by media.picture {picture.slug}: take it from a backup"
    ]


def test_renditions_that_are_missing_or_half_are_found_and_drawn_anew(picture):
    first, second, *_others = files.all_of(picture)
    default_storage.delete(first.name)
    with default_storage.open(second.name) as file:
        half = file.read(100)
    default_storage.save(second.name, ContentFile(half))
    assert found("pictures") == [
        f"{first.name} is missing, which pages show of {picture.slug}",
        f"{second.name} is damaged, which pages show of {picture.slug}",
    ]
    integrity.CHECKS["pictures"].mend()
    assert found("pictures") == []


def test_file_that_nobody_names_is_harmless_and_removed_after_a_day(picture, monkeypatch):
    name = "pictures/0123456789abcdef0123456789abcdef/original.jpg"
    default_storage.save(name, ContentFile(b"of a picture that was never saved"))
    default_storage.save("notes.txt", ContentFile(b"not ours"))
    assert found("left files") == ["nobody names notes.txt", f"nobody names {name}"]
    integrity.CHECKS["left files"].mend()
    assert default_storage.exists(name)
    monkeypatch.setattr(files, "LEFT_FOR", timedelta())
    integrity.CHECKS["left files"].mend()
    assert found("left files") == ["nobody names notes.txt"]


def test_file_that_only_the_history_names_is_in_use(picture):
    record_revision(picture, Revision.Event.SAVED)
    record_revision(picture, Revision.Event.DELETED)
    picture.delete()
    assert found("left files") == []


def test_pages_of_a_running_server_that_are_not_as_the_content_says_are_found(monkeypatch):
    monkeypatch.setattr(integrity.pages, "bodies", lambda: [("/ja/", b"now"), ("/en/", b"now")])
    sent = {"http://127.0.0.1:8000/ja/": b"now", "http://127.0.0.1:8000/en/": b"before"}
    monkeypatch.setattr(integrity.pages, "urlopen", lambda url, timeout: ContentFile(sent[url]))
    assert list(integrity.pages.find_outdated_pages("http://127.0.0.1:8000/")) == [
        "/en/ is another one than the content says"
    ]


def test_server_that_does_not_answer_is_told_of(monkeypatch):
    monkeypatch.setattr(integrity.pages, "bodies", lambda: [("/ja/", b"now"), ("/en/", b"now")])
    (sentence,) = integrity.pages.find_outdated_pages(f"http://127.0.0.1:{free_port()}")
    assert "/ja/ and what comes after it was not read" in sentence

"""Export of texts as spreadsheets, and their import: what it changes, refuses, and leaves as it is."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from faq.models import Question
from interviews.models import Interview
from recruit_site.audit.models import AuditEntry
from recruit_site.content.models import Source
from recruit_site.editing.models import Revision, TranslationStatus, WorkingCopy
from recruit_site.editing.revisions import record_revision
from recruit_site.spreadsheets import tables, xlsx
from tests import factories
from tests.admin_forms import form_of
from tests.page_text import read
from tests.recruit_site.editing.test_workflow import APPROVER, EDITOR, TRANSLATOR, press, signed_in  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TEXTS, QUESTIONS = reverse("translations_sheet"), reverse("admin:faq_question_sheet")


def export(browser, url=TEXTS, **fields):
    """Return an export as a list of dictionaries, without the site's own reader."""
    response = browser.post(url, {"_export": "1", "wanted": "all", "form": "xlsx"} | fields)
    if response["Content-Type"].startswith("text/csv"):
        lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    else:
        lines = list(load_workbook(io.BytesIO(response.content), read_only=True).worksheets[0].values)
    names = [heading.split()[0] for heading in lines[0]]
    return [dict(zip(names, [cell or "" for cell in line], strict=True)) for line in lines[1:]]


def file_of(rows, form="xlsx"):
    columns = [tables.Column(name, "列") for name in rows[0]]
    data = xlsx.write(columns, rows, []) if form == "xlsx" else csv_of(rows).encode("utf-8-sig")
    return SimpleUploadedFile(f"texts.{form}", data)


def csv_of(rows):
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def check(browser, rows, url=TEXTS, form="xlsx"):
    """Upload rows and return the page of the dry run."""
    return read(browser.post(url, {"file": file_of(rows, form)}))


def confirm(browser, html, verb="_save", url=TEXTS):
    return browser.post(url, {"_rows": form_of(html)["_rows"], verb: "1"}, follow=True)


def question(**fields):
    row = factories.question(source=factories.source(), **fields)
    record_revision(row, Revision.Event.LOADED)
    return row


def key(row, field="text", part=""):
    return "/".join(filter(None, [row._meta.label_lower, row.slug, part, field]))


def the_row(rows, wanted):
    return next(row for row in rows if row["key"] == wanted)


def english(rows, wanted, text):
    return [row | {"english": text} if row["key"] == wanted else row for row in rows]


def change(row, **fields):
    """Change and record a row as its form does."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    record_revision(row, Revision.Event.SAVED)


def test_export_of_everything_that_comes_back_unchanged_changes_nothing(admin):
    factories.term(
        title_ja="＝式", text_ja="- 一\n- 二\n\n=1+1 _x000D_", text_en="=1+1\n'- one\n@two", stands_for_en="+a"
    )
    before = Revision.objects.count()
    for form in ("xlsx", "csv"):
        response = admin.post(TEXTS, {"_export": "1", "wanted": "all", "form": form})
        html = read(admin.post(TEXTS, {"file": SimpleUploadedFile("texts", response.content)}))
        assert int(re.search(r"変わる項目：0。変わらない行：(\d+)。", html)[1]) > 1000
    assert Revision.objects.count() == before


def test_export_is_a_file_that_nobody_keeps_and_that_is_in_the_log(admin):
    response = admin.post(TEXTS, {"_export": "1", "wanted": "missing", "form": "xlsx"})
    assert response["Content-Disposition"].startswith('attachment; filename="translations-missing-20')
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.first()
    assert (entry.kind, entry.who, entry.detail.startswith("translations-missing-20")) == ("exported", "editor", True)


def test_only_missing_or_outdated_english_is_exported(admin):
    missing, outdated, _current = question(text_en=""), question(), question()
    change(outdated, title_ja="変わった質問")
    assert [row["key"] for row in export(admin, wanted="missing")] == [key(missing)]
    assert [row["key"] for row in export(admin, wanted="outdated")] == [key(outdated, "title")]
    todo = export(admin, wanted="todo", kind="faq.question")
    assert [(row["key"], row["state"]) for row in todo] == [
        (key(missing), "英語なし"),
        (key(outdated, "title"), "英語が古い"),
    ]
    assert export(admin, wanted="todo", kind="faq.topic") == []


def test_five_filled_texts_are_shown_then_published_and_up_to_date(admin):
    rows_of = [question(text_en="") for _number in range(5)]
    texts = ["Answer a", "Answer b", "Answer c", "Answer d", "Answer e"]
    missing = export(admin, wanted="missing")
    rows = [row | {"english": text} for row, text in zip(missing, texts, strict=True)]
    html = check(admin, rows)
    assert html.count("<ins>Answer ") == 5
    assert {row.text_en for row in Question.objects.filter(pk__in=[row.pk for row in rows_of])} == {""}
    assert "公開 5" in read(confirm(admin, html, "_publish"))
    assert [Question.objects.get(pk=row.pk).text_en for row in rows_of] == texts
    assert set(TranslationStatus.objects.values_list("state", flat=True)) == {"current"}
    assert Revision.objects.of(rows_of[0]).first().event == "published"
    assert export(admin, wanted="missing") == []


def test_text_that_the_checks_would_not_publish_becomes_a_working_copy(admin):
    row = question(text_ja="職員は3人です。", text_en="There are three officials.")
    rows = english(export(admin, wanted="all"), key(row), "There are 5 officials.")
    assert "作業中の版として保存 1" in read(confirm(admin, check(admin, rows), "_publish"))
    row.refresh_from_db()
    assert row.text_en == "There are three officials."


def test_part_is_written_and_its_neighbours_stay(admin):
    row = factories.interview(source=factories.source())
    record_revision(row, Revision.Event.LOADED)
    rows = english(export(admin, kind="interviews.interview"), key(row, "text", "answers/why"), "New reasons.")
    confirm(admin, check(admin, rows), "_publish")
    assert [(answer.title_en, answer.text_en, answer.text_ja) for answer in row.answers.all()] == [
        ("Why", "New reasons.", "理由。")
    ]


def test_one_text_of_two_that_are_out_of_date_leaves_the_other_out_of_date(admin):
    row = question()
    change(row, title_ja="変わった質問", text_ja="変わった答え。")
    rows = english(export(admin, wanted="outdated"), key(row), "A changed answer.")
    confirm(admin, check(admin, rows), "_publish")
    assert [row["key"] for row in export(admin, wanted="outdated")] == [key(row, "title")]


def test_english_that_is_still_right_is_marked_as_checked(admin):
    row = question()
    change(row, title_ja="変わった質問")
    rows = [row | {"checked": "x"} for row in export(admin, wanted="outdated")]
    count = Revision.objects.count()
    confirm(admin, check(admin, rows))
    assert export(admin, wanted="outdated") == []
    assert (Revision.objects.count(), WorkingCopy.objects.count()) == (count, 0)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_one_row_that_does_not_fit_keeps_all_from_being_written(admin, form):
    good, stale, taken = question(), question(), question()
    rows = [
        row
        for row in export(admin, kind="faq.question", form=form)
        if row["key"].split("/")[1] in {good.slug, stale.slug, taken.slug} and row["key"].endswith("/text")
    ]
    change(stale, text_ja="その後に変わった答え。")
    change(taken, text_en="Meanwhile changed.")
    rows = [row | {"english": "- new\n- list"} for row in rows]
    rows.append(rows[0])
    rows.append(rows[0] | {"key": "faq.question/gone/text"})
    rows.append(rows[0] | {"key": ""})
    html = check(admin, rows, form=form)
    assert problems(html) == {
        3: "書き出した後で日本語が変わりました。もう一度書き出して、新しいところを訳してください。",
        4: "書き出した後で、ほかの人がこの英語を変えました。もう一度書き出してください。",
        5: "同じキーが2行目にもあります。どちらかを削除してください。",
        6: "この文章はサイトにありません。削除されたか、キーが変わっています。",
        7: "この行にはキーがありません。",
    }
    assert "_rows" not in form_of(html)
    assert Question.objects.get(pk=good.pk).text_en == good.text_en


def problems(html):
    return {
        int(number): text
        for number, text in re.findall(r'<th scope="row">(\d+)</th><td>[^<]*</td><td>([^<]*)</td>', html)
    }


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"japanese": "書き換えた日本語"}, "日本語が書き換えられています。"),
        ({"version": "v1"}, "「version」のセルが変わっています。"),
        ({"english": "x" * 161}, "この値は 160 文字以下でなければなりません"),
    ],
)
def test_damaged_row_is_explained(admin, cells, problem):
    row = question()
    rows = [line | cells for line in export(admin, kind="faq.question") if line["key"] == key(row, "title")]
    assert problem in problems(check(admin, rows))[2]


def test_content_that_changes_between_check_and_confirmation_is_not_overwritten(admin):
    row, other = question(), question()
    rows = english(english(export(admin, kind="faq.question"), key(row), "Mine."), key(other), "Mine too.")
    html = check(admin, rows)
    change(row, text_ja="その間に変わった。")
    assert "もう一度書き出して" in read(confirm(admin, html, "_publish"))
    assert Question.objects.get(pk=other.pk).text_en == other.text_en


def test_check_of_someone_else_or_a_forged_one_is_refused(admin, signed_in):  # noqa: F811
    row = question()
    html = check(admin, english(export(admin, kind="faq.question"), key(row), "Mine."))
    assert "もう一度取り込んで" in read(confirm(signed_in(APPROVER), html, "_publish"))
    assert "もう一度取り込んで" in read(admin.post(TEXTS, {"_rows": "forged", "_publish": "1"}, follow=True))
    assert Question.objects.get(pk=row.pk).text_en == row.text_en


def test_english_of_its_own_without_japanese_is_changed(admin):
    row = factories.term(source=factories.source(), stands_for_en="Old Words")
    rows = english(export(admin, kind="content.term"), key(row, "stands_for"), "New Words")
    confirm(admin, check(admin, rows), "_publish")
    row.refresh_from_db()
    assert (row.stands_for_en, row.stands_for_ja or "") == ("New Words", "")


def test_same_file_twice_changes_nothing_the_second_time(admin):
    row = question()
    rows = english(export(admin, kind="faq.question"), key(row), "New.")
    confirm(admin, check(admin, rows), "_publish")
    assert "変わる項目：0。" in check(admin, rows)


def test_renamed_piece_is_found_under_its_old_key(admin):
    row = question()
    rows = english(export(admin, kind="faq.question"), key(row), "New.")
    change(row, slug="renamed-since")
    confirm(admin, check(admin, rows), "_publish")
    assert Question.objects.get(pk=row.pk).text_en == "New."


@pytest.mark.parametrize("group", [EDITOR, TRANSLATOR])
def test_those_who_do_not_publish_write_working_copies_and_drafts(signed_in, group):  # noqa: F811
    browser, live, draft = signed_in(group), question(text_en=""), question(text_en="", state="draft")
    rows = [row | {"english": "Filled."} for row in export(browser, wanted="missing")]
    html = check(browser, rows)
    assert 'name="_publish"' not in html
    assert confirm(browser, html, "_publish").status_code == 403
    assert WorkingCopy.objects.count() == 0
    confirm(browser, html)
    assert [Question.objects.get(pk=row.pk).text_en for row in (live, draft)] == ["", "Filled."]
    assert WorkingCopy.objects.get().snapshot["text_en"] == "Filled."


def test_import_into_someone_elses_working_copy_keeps_both(signed_in):  # noqa: F811
    row, editor, approver = question(text_en=""), signed_in(EDITOR), signed_in(APPROVER)
    press(editor, "_save", row, title_ja="次の質問")
    rows = [line for line in export(approver) if line["key"] == key(row)]
    assert [line["title"] for line in rows] == [str(row)]
    html = check(approver, [rows[0] | {"english": "Filled."}])
    assert "編集者さんの作業中の版に入ります" in html
    confirm(approver, html)
    copy = WorkingCopy.objects.get()
    assert (copy.snapshot["title_ja"], copy.snapshot["text_en"]) == ("次の質問", "Filled.")
    assert Revision.objects.of(row).first().event == "replaced"
    row.refresh_from_db()
    assert row.text_en == ""


def test_four_eyes_let_nobody_publish_what_they_import(signed_in, settings):  # noqa: F811
    settings.FOUR_EYES = True
    browser, row = signed_in(APPROVER), question(text_en="")
    html = check(browser, [line | {"english": "Filled."} for line in export(browser, wanted="missing")])
    assert 'name="_publish"' not in html
    assert confirm(browser, html, "_publish").status_code == 403
    confirm(browser, html)
    assert "ほかの承認者が公開してください" in read(press(browser, "_publish", row))


def test_text_that_a_user_may_only_read_is_not_written(signed_in):  # noqa: F811
    browser, source = signed_in(TRANSLATOR), factories.source()
    rows = english(export(browser, kind="content.source"), key(source, "title"), "Mine")
    assert list(problems(check(browser, rows)).values()) == ["この文章を変える権限がありません。"]
    assert Source.objects.get(pk=source.pk).title_en == source.title_en


@pytest.mark.parametrize("url", [TEXTS, QUESTIONS])
def test_page_is_for_those_who_may_see_the_content(client, django_user_model, url):
    assert client.post(url, {"_export": "1"}).status_code == 302
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.get(url).status_code == 403
    assert client.post(url, {"_export": "1", "wanted": "all", "form": "csv"}).status_code == 403


def test_text_too_long_for_a_cell_is_named_and_left_alone(admin):
    row = question(text_ja="長" * 40_000, text_en="long " * 8_000)
    rows = [line for line in export(admin, kind="faq.question") if line["key"] == key(row)]
    assert "32,767" in rows[0]["japanese"]
    assert "変わる項目：0。" in check(admin, rows)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_questions_are_changed_and_added_in_both_languages(admin, form):
    row = question(title_ja="もとの質問", text_en='A "quoted" text,\nwith two lines')
    rows = [line for line in export(admin, QUESTIONS, form=form) if line["slug"] == row.slug]
    assert rows[0]["text_en"] == 'A "quoted" text,\nwith two lines'
    new = dict.fromkeys(rows[0], "") | {
        "topic": row.topic.slug,
        "title_ja": "食堂はありますか",
        "title_en": "A canteen?",
    }
    html = check(admin, [rows[0] | {"title_ja": "直した質問"}, new], QUESTIONS, form)
    assert "<ins>食堂は" in html.replace("<ins>食堂はありますか", "<ins>食堂は")
    confirm(admin, html, "_publish", QUESTIONS)
    row.refresh_from_db()
    added = Question.objects.get(slug="a-canteen")
    assert (row.title_ja, added.title_ja, added.state, added.topic) == (
        "直した質問",
        "食堂はありますか",
        "draft",
        row.topic,
    )
    assert TranslationStatus.objects.get(model="faq.question", slug=row.slug).state == "outdated"
    assert "同じ日本語の題名" in problems(check(admin, [new], QUESTIONS, form))[2]


def test_all_questions_come_back_unchanged_as_csv(admin):
    response = admin.post(QUESTIONS, {"_export": "1", "wanted": "all", "form": "csv"})
    html = read(admin.post(QUESTIONS, {"file": SimpleUploadedFile("q.csv", response.content)}))
    assert f"変わる項目：0。変わらない行：{Question.objects.count()}。" in html


def test_translator_cannot_write_japanese_through_a_file(signed_in):  # noqa: F811
    browser, row = signed_in(TRANSLATOR), question()
    rows = [line for line in export(browser, QUESTIONS) if line["slug"] == row.slug]
    new = dict.fromkeys(rows[0], "") | {"topic": row.topic.slug, "title_ja": "新しい質問"}
    html = check(browser, [rows[0] | {"title_ja": "書き換えた"}, new], QUESTIONS)
    assert problems(html) == {2: "英語だけを変えられます。", 3: "項目を追加する権限がありません。"}
    html = check(browser, [rows[0] | {"title_en": "Translated"}], QUESTIONS)
    confirm(browser, html, url=QUESTIONS)
    assert WorkingCopy.objects.get().snapshot["title_en"] == "Translated"


def test_question_that_changed_since_the_export_or_names_no_topic_is_refused(admin):
    row, other = question(), question()
    rows = [line for line in export(admin, QUESTIONS) if line["slug"] in {row.slug, other.slug}]
    change(row, text_ja="その後に変わった。")
    html = check(admin, [rows[0] | {"title_en": "Mine"}, rows[1] | {"topic": "no-topic"}], QUESTIONS)
    assert problems(html) == {
        2: "書き出した後で、この項目が変わりました。もう一度書き出してください。",
        3: "topic: 「no-topic」はありません。",
    }


def test_lists_and_matrix_lead_to_the_spreadsheets(admin):
    assert TEXTS in read(admin.get(reverse("translations")))
    assert f'href="{QUESTIONS}"' in read(admin.get(reverse("admin:faq_question_changelist")))
    assert "sheet/" not in read(admin.get(reverse("admin:interviews_interview_changelist")))
    assert Interview.objects.exists()

"""Whom a piece is about, and the notes of the staff on what has changed since."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from careers import models as careers
from faq.models import Question, Topic
from recruit_site.content.models import Chapter, Publishable, Scope, SiteText
from recruit_site.content.translated_fields import languages_of, translated_fields
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

FOR_BUILDING_NOT_STATED = "営繕技官にも当てはまるかどうかは、資料に記載がありません。"


def scopes(html):
    """Return the texts of the scope lines on a page, in its main part."""
    lines = re.findall(r'<p class="scope"[^>]*>(.*?)</p>', html.split("<footer")[0], re.DOTALL)
    return ["".join(part.strip() for part in line.split("\n")) for line in lines]


def opening(**fields):
    Chapter.objects.filter(section="faq").delete()
    return factories.chapter(section="faq", slug="faq", **fields)


@pytest.fixture
def guide():
    return factories.source(
        short_title_ja="案内", short_title_en="the guide", dating_ja="発行年の記載なし", dating_en="undated"
    )


@pytest.fixture
def no_questions():
    Question.objects.all().delete()


def test_head_of_a_page_says_on_which_document_it_rests_and_whom_it_is_about(client, guide, no_questions):
    opening(scope=Scope.ICT, source=guide)
    assert scopes(read(client.get("/ja/faq/"))) == [
        "案内（発行年の記載なし）をもとにしています。" + FOR_BUILDING_NOT_STATED
    ]


def test_line_gives_the_date_that_the_document_states(client, guide, no_questions):
    guide.issued_ja = "2025年度版"
    guide.save()
    opening(scope=Scope.BOTH, source=guide)
    (line,) = scopes(read(client.get("/ja/faq/")))
    assert line == "案内（2025年度版）をもとにしています。営繕技官と情報通信技官の両方を取り上げています。"


def test_page_without_a_scope_says_nothing(client, guide, no_questions):
    opening(source=guide)
    assert scopes(read(client.get("/ja/faq/"))) == []


def test_piece_says_only_what_differs_from_its_page(client, guide, no_questions):
    opening(scope=Scope.ICT, source=guide)
    same = factories.question(scope=Scope.ICT, source=guide)
    factories.question(scope=Scope.MINISTRY, source=guide)
    lines = scopes(read(client.get("/ja/faq/")))
    assert lines[1:] == ["ここで使っている部分は、外務省とその職員についての内容です。技術系職員に限りません。"]
    assert scopes(read(client.get(same.get_absolute_url()))) == lines[:1]


def test_piece_from_another_document_than_its_page_names_it(client, guide, no_questions):
    opening(scope=Scope.ICT, source=guide)
    other = factories.source(short_title_ja="別の案内", issued_ja="2025年度版")
    factories.question(source=other)
    factories.question(scope=Scope.TECHNICAL, source=other)
    lines = scopes(read(client.get("/ja/faq/")))
    named = "別の案内（2025年度版）をもとにしています。"
    assert lines[1:] == [named, named + "情報通信技官か営繕技官かは、資料に記載がありません。"]


def test_foot_of_every_page_says_what_is_missing_for_building_engineers(client):
    careers.Contact.objects.update(state="draft")
    factories.live(careers.Contact, scope=Scope.ICT)
    foot = read(client.get("/ja/about/")).split("<footer")[1]
    assert "営繕技官の試験と問い合わせ先は、資料に記載がありません。" in foot


@pytest.mark.parametrize("path", ["apply", "work", "paths", "training", "days", "work-life", "faq"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_of_the_fixtures_say_whom_they_are_about_once(client, path, language):
    head, *differing = scopes(read(client.get(f"/{language}/{path}/")))
    assert head not in differing


NOTE = {
    "note_ja": "名称が変わりました。",
    "note_en": "The name has changed.",
    "note_source_ja": "発表",
    "note_source_en": "Announcement",
    "note_on": date(2026, 12, 1),
}
#: The pages that show pieces without an address of their own.
SHOWN_ON = {
    careers.Figure: ("/ja/features/digital-transformation/", None),
    careers.Organisation: ("/ja/features/digital-transformation/", None),
    careers.Person: ("/ja/interviews/goto/", None),
    careers.PathStage: ("/ja/paths/", None),
    Topic: ("/ja/faq/", None),
}
#: A site text is a sentence of the site, and a life stage a mark on an axis: neither has room for a note.
WITHOUT_NOTE = (SiteText, careers.LifeStage)
KINDS = [model for model in apps.get_models() if issubclass(model, Publishable) and model not in WITHOUT_NOTE]


def noted(model):
    """Return a piece of the fixtures with the note, and the path of a page that shows it."""
    path, make = SHOWN_ON.get(model, ("", None))
    slugs = {
        careers.Organisation: "work-improvement-headquarters",
        careers.Person: "goto",
        careers.Figure: "dx-staff",
        Chapter: "network",
    }
    row = make() if make else model.objects.filter(**({"slug": slugs[model]} if model in slugs else {})).first()
    row = row or factories.notice()
    type(row).objects.filter(pk=row.pk).update(**NOTE)
    return row, path or row.get_absolute_url().partition("#")[0]


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_note_stands_where_the_piece_is_shown_with_its_day_and_its_source(client, model):
    _row, path = noted(model)
    html = read(client.get(path))
    (note,) = set(re.findall(r'<aside class="dated-note">(.*?)</aside>', html, re.DOTALL))
    words = [text in note for text in ("名称が変わりました。", "2026年12月1日", "発表")]
    assert (words, "<a " in note) == ([True] * 3, False)


def test_note_links_its_source_where_it_has_an_address(client):
    question = factories.question(**NOTE, note_url="https://example.org/")
    assert '<a href="https://example.org/">発表</a>' in read(client.get(question.get_absolute_url()))


@pytest.mark.parametrize("missing", ["note_ja", "note_source_ja", "note_on"])
def test_published_note_needs_its_text_its_source_and_its_day(missing):
    question = factories.question(**NOTE | {missing: None if missing == "note_on" else ""})
    with pytest.raises(ValidationError, match="追記には"):
        question.full_clean()
    question.state = "draft"
    question.full_clean()


def test_note_without_english_leaves_the_piece_incomplete_in_english():
    question = factories.question(**NOTE | {"note_en": ""})
    assert languages_of(question) == ["ja"]


def test_form_has_a_part_for_the_note(admin):
    html = read(admin.get(reverse("admin:faq_question_add")))
    assert "資料の後に変わったことの追記" in html


@pytest.mark.parametrize("model", [*KINDS, *WITHOUT_NOTE], ids=lambda model: model._meta.label)
def test_note_and_place_in_the_source_are_translated_for_every_kind(model):
    assert {"note", "note_source", "source_section"} <= set(translated_fields(model))

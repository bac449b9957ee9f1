"""Questions with and without an answer: what their pages, the list and the admin say."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from careers.models import Basis, Contact
from faq.models import Question, Topic
from recruit_site.search.entries import update_entries
from recruit_site.search.models import SearchEntry
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = pytest.mark.django_db

SILENCE = "資料には書かれていません。"
OFFICIAL = {
    "official_title_ja": "公式の案内",
    "official_title_en": "Official page",
    "official_url": "https://www.mofa.go.jp/",
    "official_checked_on": "2026-11-30",
}


def silent(**fields):
    return factories.question(**{"text_ja": "", "text_en": "", "title_ja": "答えのない問い"} | fields)


def main(client, path):
    html = read(client.get(path))
    return html[html.index("<main") : html.index("</main>")]


def faq_types(html):
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    return [node["@type"] for node in data["@graph"] if node["@type"] in ("FAQPage", "WebPage")]


def test_every_question_of_the_fixtures_has_a_source_or_says_whom_to_ask():
    faults = []
    for question in Question.objects.all():
        says_something = question.text_ja or question.known_ja
        if says_something and not (question.source_id and question.source_section_ja and question.source_section_en):
            faults.append((question.slug, "no source"))
        if not question.is_answered and question.contact_id is None and question.slug != "building-engineers":
            faults.append((question.slug, "nobody to ask"))
        if question.text_ja and question.known_ja:
            faults.append((question.slug, "an answer, and what is known without one"))
    assert faults == []


def test_answers_come_from_the_documents_of_the_ministry_alone():
    assert set(Question.objects.exclude(source=None).values_list("source__slug", flat=True)) == {
        "recruitment-guide",
        "technical-guide",
    }


def test_questions_of_the_guide_keep_their_addresses(client):
    slugs = [
        "ict-knowledge",
        "time-to-learn",
        "language-confidence",
        "posting-required",
        "with-family-or-alone",
        "language-training-content",
        "external-training-content",
        "business-trips",
        "secondments",
        "choice-of-country",
        "housing",
        "women-at-work",
    ]
    assert {client.get(f"/{code}/faq/{slug}/").status_code for slug in slugs for code in ("ja", "en")} == {200}
    assert [question.slug for question in Question.objects.filter(slug__in=slugs) if not question.is_answered] == []


@pytest.mark.parametrize(
    ("fields", "basis"),
    [
        ({}, Basis.SILENT),
        ({"known_ja": "近いこと。"}, Basis.SILENT),
        ({"text_ja": "答え。", "official_url": "https://www.mofa.go.jp/"}, Basis.ENTERED),
        ({"text_en": "Only in English."}, Basis.SILENT),
    ],
)
def test_basis_of_a_question(fields, basis):
    assert silent(**fields).basis == basis


def test_answer_with_a_source_is_stated():
    assert factories.question(source=factories.source()).basis == Basis.STATED


def test_answered_and_unanswered_questions_are_all_questions():
    silent(text_ja=None)
    silent()
    answered = {question.pk for question in Question.objects.all() if question.is_answered}
    assert set(Question.objects.answered().values_list("pk", flat=True)) == answered
    assert Question.objects.to_be_filled_in().count() == Question.objects.count() - len(answered)


def test_list_of_questions_names_each_document_once_and_leaves_places_to_the_answers(client):
    note = re.search(r'<div class="note source-note".*?</div>', read(client.get("/ja/faq/")), re.DOTALL)[0]
    assert (note.count("採用案内"), note.count("技術系ガイド"), "Q11" in note) == (1, 1, False)


def test_page_of_an_unanswered_question_says_so_and_whom_to_ask(client):
    contact = factories.live(Contact, title_ja="人事の窓口")
    question = silent(known_ja="近いこと。", contact=contact, source=factories.source(), source_section_ja="第3章")
    html = read(client.get(question.get_absolute_url()))
    for text in (SILENCE, "近いこと。", 'href="/ja/apply/#contact"', "人事の窓口", "第3章"):
        assert text in html
    assert '<meta name="description" content="このサイトのもとになった資料には書かれていません。 近いこと。">' in html
    assert faq_types(html) == ["WebPage"]


def test_unanswered_question_without_a_contact_says_that_none_is_stated(client):
    html = main(client, silent().get_absolute_url())
    assert (SILENCE in html, "問い合わせ先も書かれていません。" in html, "#contact" in html) == (True, True, False)


def test_unanswered_question_with_a_hidden_contact_names_nobody_and_claims_nothing(client):
    contact = factories.live(Contact, title_ja="見えない窓口", state="draft")
    html = main(client, silent(contact=contact).get_absolute_url())
    assert (SILENCE in html, "窓口" in html, "問い合わせ先も" in html) == (True, False, False)


def test_answer_from_an_official_page_links_to_it_with_the_day_of_checking(client):
    question = silent(text_ja="答え。", text_en="Answer.", **OFFICIAL)
    html = main(client, question.get_absolute_url())
    assert 'data-basis="entered"' in html
    for text in ("職員が記入", 'href="https://www.mofa.go.jp/"', "公式の案内", "2026年11月30日"):
        assert text in html
    assert (SILENCE in html, faq_types(read(client.get(question.get_absolute_url())))) == (False, ["FAQPage"])


def test_list_marks_each_question_and_its_data_hold_answers_alone(client):
    Question.objects.all().delete()
    topic = factories.live(Topic)
    answered, unanswered = factories.question(topic=topic, source=factories.source()), silent(topic=topic)
    html = read(client.get("/ja/faq/"))
    marks = re.findall(r'<summary class="basis" data-basis="(\w+)"', html)
    assert marks == ["stated", "silent"]
    assert ("資料に答えがある：1件" in html, "資料に答えがない：1件" in html) == (True, True)
    assert (answered.slug in html, f"/{unanswered.slug}/#question" in html) == (True, False)
    answered.delete()
    assert faq_types(read(client.get("/ja/faq/"))) == ["WebPage"]


def test_question_page_shows_each_neighbour_once(client):
    topic = factories.live(Topic)
    before, question, after = (factories.question(topic=topic) for _number in range(3))
    html = main(client, question.get_absolute_url())
    assert [html.count(f'href="{other.get_absolute_url()}"') for other in (before, after)] == [1, 1]


def test_untranslated_fact_of_an_unanswered_question_is_marked(client):
    question = silent(title_en="A question", known_ja="日本語だけ。", source=factories.source())
    html = main(client, f"/en/faq/{question.slug}/")
    assert 'lang="ja"><p>日本語だけ。' in html
    assert "The documents that this site is based on do not say." in html


def test_search_words_find_a_question_and_are_not_shown(client):
    question = silent(search_words_ja="きんいろのこうもり", search_words_en="golden bat")
    update_entries(question)
    html = read(client.get("/ja/search/?q=きんいろのこうもり"))
    assert question.get_absolute_url() in html
    assert "こうもり" not in read(client.get(question.get_absolute_url()))
    [english] = SearchEntry.objects.of(question).filter(language="en")
    assert ("golden bat" in english.folded_text, "golden bat" in english.heading) == (True, False)


@pytest.mark.parametrize(
    ("data", "needed"),
    [
        ({}, False),
        ({"text_ja": "答え"}, True),
        ({"known_ja": "近いこと"}, True),
        ({"text_ja": "答え", "official_url": "https://www.mofa.go.jp/"}, False),
    ],
)
def test_question_needs_a_source_when_it_says_something_of_its_own(data, needed):
    assert Question.must_name_source(data) == needed


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text_ja": "答え", "known_ja": "近いこと"}, "known_ja"),
        (OFFICIAL | {"official_title_ja": ""}, "official_title_ja"),
        (OFFICIAL | {"official_checked_on": None}, "official_checked_on"),
        (OFFICIAL | {"official_url": ""}, "official_url"),
    ],
)
def test_live_question_is_complete_or_refused(fields, field):
    question = silent(source=factories.source())
    for name, value in fields.items():
        setattr(question, name, value)
    with pytest.raises(ValidationError) as refused:
        question.clean()
    assert set(refused.value.message_dict) == {field}


@pytest.mark.ignore_template_errors
def test_editor_publishes_a_question_without_an_answer_and_later_answers_it(admin, client):
    contact = Contact.objects.first()
    form = form_of(read(admin.get(admin_url(Question, "add"))))
    form |= {"topic": Topic.objects.first().pk, "title_ja": "新しい問い", "title_en": "New", "slug": "new-one"}
    admin.post(admin_url(Question, "add"), form | {"contact": contact.pk, "_publish": "1"})
    question = Question.objects.get(slug="new-one")
    assert (question.state, question.basis) == ("live", Basis.SILENT)
    change = admin_url(Question, "change", question.pk)
    form = form_of(read(admin.get(change)))
    response = admin.post(change, form | {"text_ja": "答え。", "text_en": "Answer.", "_publish": "1"})
    assert "公開するには、出典資料を選んでください。" in read(response)  # and no official page is named
    official = OFFICIAL | {"official_checked_on": "2026/11/30"}
    admin.post(change, form | {"text_ja": "答え。", "text_en": "Answer."} | official | {"_publish": "1"})
    question.refresh_from_db()
    assert question.basis == Basis.ENTERED


@pytest.mark.ignore_template_errors
def test_admin_lists_what_is_to_be_filled_in(admin):
    question = silent(title_ja="記入を待つ問い")
    silent(title_ja="下書きの問い", state="draft")
    number = Question.objects.published().to_be_filled_in().count()
    todo = f"{admin_url(Question, 'changelist')}?todo=silent"
    assert re.search(rf'href="{re.escape(todo)}">[^<]*<b>{number}</b>', read(admin.get("/admin/")))
    html = read(admin.get(todo))
    assert (str(question) in html, "下書きの問い" in html) == (True, False)
    html = read(admin.get(f"{admin_url(Question, 'changelist')}?answer=yes"))
    assert str(question) not in html


def test_english_words_of_the_marks(client):
    with translation.override("en"):
        assert [str(basis.label) for basis in Basis] == ["In the documents", "Entered by staff", "Not in the documents"]

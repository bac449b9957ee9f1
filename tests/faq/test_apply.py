"""The page on applying: steps, answers and silences, and the contact once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import Contact, ExamCategory, RecruitingStep
from faq.models import Question, Topic
from faq.views import MOST_OF_A_TOPIC
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

PATH = "/ja/apply/"


def bases(html, tag):
    return re.findall(rf'<{tag} class="[\w ]*basis" data-basis="(\w+)"', html)


def test_page_with_nothing_entered_says_what_the_documents_state(client):
    html = read(client.get(PATH))
    steps = bases(html, "div")
    assert steps == ["stated", *["silent"] * 5, "stated"]  # the examination, five steps of this site, joining
    assert (html.count("日程はまだ載せていません"), html.count("職員が記入")) == (5, 0)
    assert ("点線の輪は" in html, "実線の輪は" in html) == (True, False)  # the legend names the marks of the page
    for name in ("デジタル・電気・電子", "機械", "物理", "国家公務員採用"):
        assert name in html


def test_scope_is_said_at_the_head_and_the_contact_stands_once(client):
    html = read(client.get(PATH))
    head = html[html.index("<h1>") : html.index('id="steps-title"')]
    assert ("営繕技官" in head, "資料に記載がありません" in head) == (True, True)
    assert (html.count("tel:"), html.count('id="contact"')) == (1, 1)


def test_every_contact_is_shown_with_its_official_page_or_its_place(client):
    factories.live(
        Contact,
        telephone="03-0000-0000",
        official_title_ja="採用のページ",
        official_url="https://www.mofa.go.jp/",
        official_checked_on="2026-11-30",
    )
    html = read(client.get(PATH))
    end = html[html.index('id="contact"') :]
    assert ("03-0000-0000" in end, ">採用のページ</a>" in end, end.count("まだ載せていません")) == (True, True, 1)


def test_topics_are_folded_but_the_first(client):
    html = read(client.get(PATH))
    folded = re.findall(r'<details class="answers"( open)?>', html)
    assert folded == [" open", *[""] * (Topic.objects.count() - 1)]
    assert len(bases(html, "dt")) == Question.objects.count()


def test_long_topic_is_cut_and_the_list_of_questions_has_all(client):
    topic = factories.live(Topic)
    for _number in range(MOST_OF_A_TOPIC + 5):
        factories.question(topic=topic, title_ja="おなじ題名")
    assert read(client.get(PATH)).count("おなじ題名") == MOST_OF_A_TOPIC


def test_source_note_names_each_place_once_and_leaves_the_answers_theirs(client):
    note = re.search(r'<div class="note source-note".*?</div>', read(client.get(PATH)), re.DOTALL)[0]
    assert (note.count("表紙"), "Q11" in note) == (1, False)


def test_page_without_steps_categories_questions_and_contacts(client):
    for model in (RecruitingStep, Question, ExamCategory):
        model.objects.update(state="draft")
    Contact.objects.update(state="draft")
    response = client.get(PATH)
    assert (response.status_code, "03-5501-8000" in read(response)) == (200, False)


def test_full_year_of_thirty_long_steps_without_english(client):
    long = "官庁訪問の第一段階として外務省の職員から業務の説明を受け、つづけて面談をする日"
    today = timezone.localdate()
    for number in range(30):
        day = today + timedelta(days=7 * number)
        factories.recruiting_step(title_ja=long, title_en="", starts_on=day, ends_on=day + timedelta(days=3))
    html = read(client.get(PATH))
    assert bases(html, "div").count("entered") == 30
    english = read(client.get("/en/apply/"))
    assert english.count('<h3><span lang="ja">') == 30
    assert "Part of this page is available only in Japanese so far." in english

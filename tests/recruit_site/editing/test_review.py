"""Reviews: which pieces someone must read again, who notes that they were read, and the date that readers see."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from careers.models import Contact
from faq.models import Question
from recruit_site.editing.models import Revision
from tests import factories
from tests.admin_forms import admin_url
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TODAY = timezone.localdate
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("make", "every"),
    [(factories.question, Question.review_every), (lambda **of: factories.live(Contact, **of), Contact.review_every)],
)
def test_review_is_due_when_the_time_of_its_kind_is_over(make, every):
    fresh, due, never = (make(reviewed_on=day) for day in (TODAY() - every + DAY, TODAY() - every, None))
    due_pieces = type(fresh).objects.review_due()
    assert [piece in due_pieces for piece in (fresh, due, never)] == [False, True, True]


def test_drafts_are_not_reviewed():
    assert factories.question(state="draft", reviewed_on=None) not in Question.objects.review_due()


def test_list_is_narrowed_to_what_is_due(admin):
    factories.question(title_ja="久しぶりの質問", reviewed_on=date(2020, 4, 1))
    factories.question(title_ja="読んだばかりの質問", reviewed_on=TODAY())
    html = read(admin.get(admin_url(Question, "changelist") + "?todo=due"))
    assert [title in html for title in ("久しぶりの質問", "読んだばかりの質問")] == [True, False]


def mark(client, *questions):
    chosen = {"action": "mark_reviewed", "_selected_action": [question.pk for question in questions]}
    return client.post(admin_url(Question, "changelist"), chosen, follow=True)


def test_several_pieces_are_noted_as_reviewed_today(admin):
    questions = [factories.question(reviewed_on=date(2020, 4, 1)) for _number in range(2)]
    html = read(mark(admin, *questions))
    assert "2 件を記録しました。" in html
    assert set(Question.objects.filter(pk__in=[row.pk for row in questions]).values_list("reviewed_on", flat=True)) == {
        TODAY()
    }
    assert [revision.event for revision in Revision.objects.of(questions[0])] == ["saved", "loaded"]


def test_those_who_may_not_publish_are_not_offered_it(client):
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="編集者"))
    client.force_login(editor)
    question = factories.question(reviewed_on=date(2020, 4, 1))
    assert "mark_reviewed" not in read(client.get(admin_url(Question, "changelist")))
    mark(client, question)
    question.refresh_from_db()
    assert question.reviewed_on == date(2020, 4, 1)


@pytest.mark.parametrize(
    ("interview", "person", "told"),
    [
        (date(2026, 4, 1), date(2026, 5, 1), "2026年4月1日"),
        (date(2026, 5, 1), date(2026, 5, 1), "2026年5月1日"),
        (date(2026, 4, 1), None, None),
    ],
)
def test_page_tells_when_the_whole_of_it_was_last_reviewed(client, interview, person, told):
    piece = factories.interview(reviewed_on=interview)
    type(piece.person).objects.update(reviewed_on=person)
    html = read(client.get(piece.get_absolute_url()))
    date_shown = re.search(r"文章を最後に確かめた日：\s*<time[^>]*>(.*?)</time>", html)
    assert (date_shown and date_shown[1]) == told


def test_page_with_a_source_tells_when_it_was_compared_with_it(client):
    piece = factories.question(reviewed_on=date(2026, 4, 1), source=factories.source())
    html = read(client.get(piece.get_absolute_url()))
    assert re.search(r"資料と照らし合わせた日：\s*<time[^>]*>(.*?)</time>", html)[1] == "2026年4月1日"

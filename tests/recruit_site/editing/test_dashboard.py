"""The admin's first page: the tasks, each with a link to the list of exactly those pieces."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from careers.models import RecruitingStep
from faq.models import Question
from recruit_site.consent.models import Consent, Mention
from recruit_site.editing.models import Revision, TranslationStatus, WorkingCopy
from recruit_site.editing.revisions import record_revision
from tests import factories
from tests.admin_forms import admin_url
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

NOW, DAY = timezone.now, timedelta(days=1)


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name="編集者"))
    client.force_login(user)
    return user


def copy_of(question, user, **fields):
    WorkingCopy.objects.create(model="faq.question", slug=question.slug, snapshot={}, author=user, **fields)
    return question


def withheld(user):
    question = factories.question()
    given = Consent.objects.create(slug="c", title_ja="山本", given_on=date(2024, 4, 1), withdrawn_on=date(2025, 4, 1))
    Mention.objects.create(model="faq.question", slug=question.slug, consent=given, until="2025-03-31")
    return question


def own_draft(user):
    question = factories.question(state="draft")
    record_revision(question, Revision.Event.SAVED, user)
    return question


#: A task, the maker of a piece to which it applies, and the maker of a piece to which it does not.
TASKS = {
    "review": (lambda user: factories.question(state="review"), lambda user: factories.question(state="draft")),
    "review of a copy": (
        lambda user: copy_of(factories.question(), user, in_review=True),
        lambda user: copy_of(factories.question(), user),
    ),
    "mine": (own_draft, lambda user: factories.question(state="draft")),
    "mine, a copy": (
        lambda user: copy_of(factories.question(), user),
        lambda user: copy_of(factories.question(), User.objects.create_user("other")),
    ),
    "draft": (lambda user: factories.question(state="draft"), lambda user: factories.question()),
    "copy": (lambda user: copy_of(factories.question(), user), lambda user: factories.question()),
    "scheduled": (
        lambda user: factories.question(publish_from=NOW() + DAY),
        lambda user: factories.question(publish_from=NOW() - DAY),
    ),
    "ending": (
        lambda user: factories.question(publish_until=NOW() + 29 * DAY),
        lambda user: factories.question(publish_until=NOW() + 31 * DAY),
    ),
    "due": (
        lambda user: factories.question(reviewed_on="2020-04-01"),
        lambda user: factories.question(reviewed_on=timezone.localdate()),
    ),
    "silent": (lambda user: factories.question(text_ja="", text_en=""), lambda user: factories.question()),
    "withheld": (withheld, lambda user: factories.question()),
}


@pytest.mark.parametrize(("name", "makers"), TASKS.items(), ids=TASKS)
def test_first_page_counts_and_leads_to_just_those_pieces(client, editor, name, makers):
    Question.objects.all().delete()
    listed, unlisted = (make(editor) for make in makers)
    task = name.split()[0].strip(",")
    address = f"{admin_url(Question, 'changelist')}?todo={task}"
    assert re.search(rf'<a href="{re.escape(address)}">質問 <b>1</b></a>', read(client.get("/admin/")))
    html = read(client.get(address))
    assert [question.title_ja in html for question in (listed, unlisted)] == [True, False]


def test_nothing_is_listed_where_nothing_is_to_do(admin):
    for model in (Question, RecruitingStep):
        model.objects.to_be_filled_in().delete()
    assert "待っているものはありません" in read(admin.get("/admin/"))


def test_missing_english_is_counted_by_kind_and_drawn(admin):
    question = factories.question(title_en="", text_en="")
    record_revision(question, Revision.Event.SAVED)
    number = TranslationStatus.objects.filter(model="faq.question").count()
    html = read(admin.get("/admin/"))
    assert (
        f'<progress max="{number}" value="{number - 1}" aria-hidden="true"></progress> {100 * (number - 1) // number}%'
        in html
    )
    assert f'<a href="{admin_url(Question, "changelist")}?english=missing">1</a>' in html


def test_what_the_checks_found_is_counted(admin):
    record_revision(factories.question(text_ja="３ヶ所です。", text_en="In a few places."), Revision.Event.SAVED)
    assert re.search(r'<a href="/admin/checks/">確認する箇所 <b>[1-9]\d*</b></a>', read(admin.get("/admin/")))


@pytest.mark.parametrize(("days", "shown"), [(-1, True), (29, True), (31, False)])
def test_consents_that_end_are_pointed_out_while_they_are_used(admin, days, shown):
    factories.question(text_ja="山本さんの話。")
    Consent.objects.create(
        slug="c", title_ja="山本", given_on=date(2024, 4, 1), ends_on=timezone.localdate() + timedelta(days=days)
    )
    Consent.objects.create(
        slug="unused", title_ja="誰の名でもない", given_on=date(2024, 4, 1), ends_on=date(2025, 4, 1)
    )
    html = read(admin.get("/admin/"))
    assert ("終わった同意" in html, "誰の名でもない" in html) == (shown, False)


def test_last_changes_say_who_changed_what_and_lead_there(admin, admin_user):
    question = factories.question(title_ja="変えた質問")
    record_revision(question, Revision.Event.PUBLISHED, admin_user)
    gone = factories.question(title_ja="消した質問")
    record_revision(gone, Revision.Event.DELETED, admin_user)
    gone.delete()
    html = read(admin.get("/admin/"))
    assert f'<a href="{admin_url(Question, "change", question.pk)}">変えた質問</a>' in html
    assert f'<a href="{admin_url(Question, "changelist")}deleted/">消した質問</a>' in html
    assert f"{Revision.Event.DELETED.label} · {admin_user.get_username()}" in html


def test_first_page_tells_nothing_of_what_its_reader_may_not_see(client):
    client.force_login(User.objects.create_user("guest", is_staff=True))
    record_revision(factories.question(title_ja="秘密の質問", state="draft"), Revision.Event.SAVED)
    html = read(client.get("/admin/"))
    assert ("秘密の質問" in html, "todo=draft" in html) == (False, False)


def test_first_page_asks_no_more_questions_of_the_database_with_more_to_do(admin, django_assert_max_num_queries):
    for _number in range(20):
        record_revision(factories.question(state="draft", text_en=""), Revision.Event.SAVED)
    with django_assert_max_num_queries(70):
        admin.get("/admin/")

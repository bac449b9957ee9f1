"""Staff see which English is missing or out of date, and why."""

import pytest
from django.urls import reverse

from faq.models import Question
from interviews.models import Interview
from recruit_site.content.snapshot import take_snapshot
from recruit_site.editing.history import restore
from recruit_site.editing.models import Revision, TranslationStatus
from recruit_site.editing.revisions import record_revision
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def question(**fields):
    row = factories.question(source=factories.source(), **fields)
    record_revision(row, Revision.Event.LOADED)
    return row


def state(row, part=""):
    return TranslationStatus.objects.get(model=row._meta.label_lower, slug=row.slug, part=part).state


def save(admin, row, **fields):
    url = admin_url(type(row), "change", row.pk)
    response = admin.post(url, form_of(read(admin.get(url))) | publish() | fields)
    assert response.status_code == 302, read(response)


def test_all_loaded_content_is_up_to_date():
    assert set(TranslationStatus.objects.values_list("state", flat=True)) == {"current"}
    assert TranslationStatus.objects.filter(model="interviews.interview").exclude(part="").exists()


def test_japanese_that_changes_alone_makes_the_english_out_of_date(admin):
    row = question(title_ja="東京で働きますか。")
    save(admin, row, title_ja="京都で働きますか。")
    assert state(row) == "outdated"
    html = read(admin.get(admin_url(Question, "change", row.pk)))
    assert "<del>東京で</del><ins>京都で</ins>働きますか。" in html
    save(admin, row, title_en="Do I work in Kyoto?")
    assert state(row) == "current"


def test_english_that_is_missing_is_told(admin):
    row = question(title_en="")
    assert state(row) == "missing"
    save(admin, row, title_en="Now in English")
    assert state(row) == "current"


def test_part_has_a_state_of_its_own(admin):
    row = factories.interview(source=factories.source())
    record_revision(row, Revision.Event.LOADED)
    save(admin, row, **{"answers-0-text_ja": "別の理由。"})
    assert (state(row), state(row, "answers why")) == ("current", "outdated")
    row.answers.all().delete()
    record_revision(Interview.objects.get(pk=row.pk), Revision.Event.SAVED)
    assert TranslationStatus.objects.filter(slug=row.slug).count() == 1


def test_saving_unchanged_makes_nothing_out_of_date(admin):
    row = question()
    save(admin, row)
    save(admin, row)
    assert state(row) == "current"


def test_english_is_confirmed_without_a_change_of_text(admin):
    row = question()
    save(admin, row, title_ja="変わった質問")
    save(admin, row, _confirm="1")
    assert state(row) == "current"


def test_minor_change_keeps_the_state_however_often_it_is_saved(admin):
    row = question()
    save(admin, row, title_ja="小さな直し", _minor="1")
    save(admin, row, title_ja="小さな直し。", _minor="1")
    assert state(row) == "current"
    save(admin, row, title_ja="大きな直し")
    save(admin, row, title_ja="大きな直し。", _minor="1")
    assert state(row) == "outdated"


def test_restoring_and_loading_count_like_any_other_way_of_saving():
    row = question(title_ja="もとの質問", title_en="The old question")
    stored = take_snapshot(row)
    row.title_ja = "新しい質問"
    row.save()
    record_revision(row, Revision.Event.SAVED)
    assert state(row) == "outdated"
    row, _passed_over = restore(Question, row, stored)
    record_revision(row, Revision.Event.RESTORED)
    assert state(row) == "current"


def test_deleted_piece_is_counted_no_longer(admin):
    row = question()
    admin.post(admin_url(Question, "delete", row.pk), {"post": "yes"})
    assert not TranslationStatus.objects.filter(model="faq.question", slug=row.slug).exists()


def test_list_is_narrowed_by_the_state_of_the_english(admin):
    current, outdated, missing = question(), question(), question(text_en="")
    save(admin, outdated, title_ja="変わった質問")

    admin.get("/admin/")  # consumes the message that links to the saved piece

    def listed(wanted):
        html = read(admin.get(admin_url(Question, "changelist"), {"english": wanted, "q": "piece-"}))
        return [row.pk for row in (current, outdated, missing) if f"/question/{row.pk}/change/" in html]

    assert [listed(wanted) for wanted in ("current", "outdated", "missing")] == [
        [current.pk],
        [outdated.pk],
        [missing.pk],
    ]


def test_matrix_counts_every_kind_of_content_and_leads_to_its_lists(admin):
    save(admin, question(), title_ja="変わった質問")
    html = read(admin.get(reverse("translations")))
    assert '<a href="/admin/faq/question/?english=outdated">1</a>' in html
    assert reverse("translations") in read(admin.get("/admin/"))

"""Every kind of content can be edited in the admin, in Japanese, in both languages, with its parts."""

import re

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.core.exceptions import ValidationError

from careers.models import Duty, Person
from faq.models import Question, Topic
from interviews.models import Interview
from recruit_site.content.models import (
    OldSlug,
    Part,
    Publishable,
    SiteText,
    Source,
    reference_models,
)
from recruit_site.import_export.models import LoadedRecord
from recruit_site.page_cache.models import ContentChange
from recruit_site.search.models import IndexStamp
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.live_site import PACKAGES
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

OURS = [model for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]
BOOKKEEPING = {ContentChange, LoadedRecord, OldSlug, IndexStamp, *reference_models()}
PIECES = [model for model in OURS if issubclass(model, Publishable)]


def test_every_model_is_registered():
    edited_with_their_piece = {model for model in OURS if issubclass(model, Part)}
    assert set(OURS) - edited_with_their_piece - BOOKKEEPING == {
        model for model in OURS if model in django_admin.site._registry
    }


def test_every_kind_of_part_is_an_inline_of_its_piece():
    inlines = {inline.model for site in django_admin.site._registry.values() for inline in site.inlines}
    assert inlines == {model for model in OURS if issubclass(model, Part)}


@pytest.mark.parametrize("model", [*PIECES, Source], ids=lambda model: model._meta.label)
def test_list_and_form_open_in_japanese(admin, model):
    for view in ("changelist", "add") if model is not SiteText else ("changelist",):
        response = admin.get(admin_url(model, view))
        assert (response.status_code, response["Content-Language"]) == (200, "ja")
    html = read(response)
    assert str(model._meta.verbose_name) in html
    for field in ("title", "text"):
        if hasattr(model, f"{field}_ja") and model is not SiteText:
            assert f'name="{field}_ja"' in html
            assert f'name="{field}_en"' in html


@pytest.mark.parametrize(
    "model", [model for model in OURS if model not in BOOKKEEPING], ids=lambda model: model._meta.label
)
def test_every_label_and_help_text_is_japanese(model):
    words = {str(model._meta.verbose_name)} | {
        str(text)
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key
        for text in (field.verbose_name, field.help_text)
        if text
    }
    assert {word for word in words if not re.search(r"[぀-ヿ一-鿿]", word)} == set()


def test_correction_in_both_languages_is_live_at_once(admin, client):
    question = factories.question()
    url = admin_url(Question, "change", question.pk)
    form = form_of(read(admin.get(url)))
    response = admin.post(url, form | publish(title_ja="直した質問", title_en="A corrected question"))
    assert response.status_code == 302, read(response)
    assert "直した質問" in read(client.get(f"/ja/faq/{question.slug}/"))
    assert "A corrected question" in read(client.get(f"/en/faq/{question.slug}/"))


def test_answer_is_edited_with_its_interview(admin):
    interview = factories.interview()
    url = admin_url(Interview, "change", interview.pk)
    form = form_of(read(admin.get(url)))
    assert form["answers-0-text_ja"] == "理由。"
    assert admin.post(url, form | publish(**{"answers-0-text_en": "New reasons."})).status_code == 302
    assert interview.answers.get().text_en == "New reasons."


def test_new_piece_is_a_draft_that_readers_do_not_see(admin, client):
    form = form_of(read(admin.get(admin_url(Duty, "add"))))
    assert admin.post(admin_url(Duty, "add"), form | {"slug": "new-duty", "title_ja": "新しい担当"}).status_code == 302
    assert Duty.objects.get(slug="new-duty").state == "draft"
    assert "新しい担当" not in read(client.get("/ja/work/"))


def test_japanese_is_asked_for_first_and_what_was_typed_stays(admin):
    form = form_of(read(admin.get(admin_url(Duty, "add"))))
    response = admin.post(
        admin_url(Duty, "add"), form | {"_publish": "1", "slug": "english-only", "title_en": "An English duty"}
    )
    assert response.status_code == 200
    assert form_of(read(response))["title_en"] == "An English duty"
    assert not Duty.objects.filter(slug="english-only").exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"topic": "999999"}, "正しく選択してください"),
        (
            {
                "publish_from_0": "2026-12-02",
                "publish_from_1": "09:00",
                "publish_until_0": "2026-12-01",
                "publish_until_1": "09:00",
            },
            "公開終了は公開開始より後にしてください。",
        ),
        ({"title_ja": "長" * 500}, "160"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_saved(admin, wrong, message):
    question = factories.question()
    url = admin_url(Question, "change", question.pk)
    form = form_of(read(admin.get(url)))
    response = admin.post(url, form | publish(title_en="Changed") | wrong)
    assert response.status_code == 200
    assert "errornote" in read(response)
    assert message in read(response)
    question.refresh_from_db()
    assert question.title_en != "Changed"


def test_new_piece_without_an_order_comes_last():
    last = factories.question(order=700)
    new = factories.question(order=0, topic=last.topic)
    assert new.order == 710
    interview = factories.interview()
    interview.answers.update(order=30)
    assert interview.answers.create(slug="new", title_ja="問い", text_ja="答え").order == 40


@pytest.mark.parametrize("year", [22, 1700, 20220])
def test_year_of_joining_must_be_a_calendar_year(year):
    with pytest.raises(ValidationError, match=r"1869|2100"):
        Person(slug="someone", title_ja="人", joined_year=year).full_clean()


def test_life_stage_cannot_be_moved_behind_the_end_of_a_use():
    use = factories.programme().uses.get()
    stage = use.from_stage
    stage.order = use.to_stage.order + 1
    with pytest.raises(ValidationError, match="次の利用の終わりが始まりより前"):
        stage.full_clean()


def test_sentences_of_the_site_can_be_changed_but_not_removed(admin):
    site_text = SiteText.objects.get(slug="disclaimer")
    assert admin.get(admin_url(SiteText, "add")).status_code == 403
    assert admin.post(admin_url(SiteText, "delete", site_text.pk), {"post": "yes"}).status_code == 403
    assert admin.get(admin_url(SiteText, "change", site_text.pk)).status_code == 200


def test_list_tells_what_readers_see_and_what_is_in_english(admin):
    Question.objects.all().delete()
    marks = []
    for fields in ({}, {"state": "draft"}, {"text_en": ""}, {"topic": factories.live(Topic, state="draft")}):
        Question.objects.all().delete()
        factories.question(**fields)
        html = read(admin.get(admin_url(Question, "changelist")))
        marks.append(re.findall(r'class="field-(is_live|in_english)"><img[^>]*icon-(yes|no)', html))
    live, draft, japanese, hidden_topic = [[mark for _column, mark in row] for row in marks]
    assert (live, draft, japanese, hidden_topic) == (["yes", "yes"], ["no", "yes"], ["yes", "no"], ["no", "yes"])


def test_admin_search_finds_either_language(admin):
    factories.question(title_ja="珍しい質問", title_en="A rare question")
    for wanted in ("珍しい", "rare"):
        assert "珍しい質問" in read(admin.get(admin_url(Question, "changelist"), {"q": wanted}))


def test_guide_is_at_hand_in_the_admin(admin, client):
    assert 'href="/admin/guide/"' in read(admin.get("/admin/"))
    html = read(admin.get("/admin/guide/"))
    assert (html.count("<h1>"), "<h2>文章を直す</h2>" in html, "<th>グループ</th>" in html) == (2, True, True)
    client.logout()
    assert client.get("/admin/guide/").status_code == 302


def test_admin_is_closed_to_readers(client):
    response = client.get(admin_url(Question, "changelist"))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_admin_obeys_the_strict_policy(admin):
    response = admin.get(admin_url(Interview, "add"))
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "'unsafe" not in response["Content-Security-Policy"]

"""Invisible characters are removed, whatever way a text comes in, except those that Japanese and emoji need."""

import pytest
from django.core.exceptions import ValidationError

from careers.models import Notice
from faq.models import Question
from interviews.models import Interview
from recruit_site.content import snapshot
from recruit_site.content.models import Source
from recruit_site.search.query import Query
from recruit_site.spreadsheets.texts import canonical
from recruit_site.text.sanitising import sanitise
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.page_text import read

HIDDEN = "支払\u202e先\u2066は\u200fここ\u061c\u200b\u200c\u200d\u2060\ufeff\u3164\x07\x85\U000e0041\U000e007f"
SEEN = "支払先はここ"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (HIDDEN, SEEN),
        ("一行目\u2028二行目", "一行目\n二行目"),
        ("隠\ufe00\U000e0101\U000e0102語", "隠\ufe00語"),
        ("ja\u200dva", "java"),
    ],
)
def test_unseen_is_taken_out(text, kept):
    assert sanitise(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "葛\U000e0100飾区と渡辺\U000e0102さん、辻\ufe00",
        "👩\u200d💻 👨\u200d👩\u200d👧 👩🏽\u200d⚕\ufe0f ❤\ufe0f\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "か\u3099　全角の空白\tと\u00a0改行\n",
        "naïve — “quoted” soft\u00adhyphen",
    ],
)
def test_what_is_written_with_it_stays(text):
    assert sanitise(text) == text


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_form_keeps_what_is_seen(admin):
    row = factories.question(source=factories.source())
    address = admin_url(Question, "change", row.pk)
    written = publish(title_ja=f"質問{HIDDEN}", text_ja=f"[{HIDDEN}](/ja/faq/)")
    assert admin.post(address, form_of(read(admin.get(address))) | written).status_code == 302
    row.refresh_from_db()
    assert (row.title_ja, row.text_ja) == (f"質問{SEEN}", f"[{SEEN}](/ja/faq/)")


@pytest.mark.django_db
def test_snapshot_is_written_as_it_is_seen_down_to_its_parts():
    row = factories.interview()
    data = snapshot.take_snapshot(row)
    data["title_en"], data["answers"][0]["text_ja"] = HIDDEN, HIDDEN
    row = snapshot.apply(Interview, data)
    assert (row.title_en, row.answers.first().text_ja) == (SEEN, SEEN)


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), [(Source, "url"), (Notice, "apply_url"), (Notice, "online_url")])
def test_address_with_the_name_of_another_site_before_it_is_refused(model, name):
    row = model(slug="new", **{name: "https://www.mofa.go.jp@evil.example/"})
    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude=[field.name for field in model._meta.fields if field.name != name])
    assert list(refused.value.message_dict) == [name]
    row.clean_fields(exclude=[field.name for field in model._meta.fields])  # a form without the field excludes it


def test_spreadsheet_that_brings_unseen_characters_changes_nothing():
    assert canonical(HIDDEN) == SEEN


@pytest.mark.django_db
def test_search_says_what_it_looked_for_as_it_is_seen(client):
    assert Query(HIDDEN, "ja").text == "支払先はここ"
    page = client.get("/ja/search/", {"q": f"寮{HIDDEN}"}).content.decode()
    assert f'value="寮{SEEN}"' in page
    assert [sign for sign in HIDDEN if sign in page and sign not in SEEN + "\u200b"] == []


@pytest.mark.django_db
def test_question_is_found_by_its_title_as_a_page_shows_it(client):
    row = Question.objects.published().first()
    assert Query("\u200b".join(row.title_ja), "ja").text == row.title_ja.replace("　", " ")

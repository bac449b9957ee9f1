"""load_brochures: it fills an empty database, and keeps every word that staff wrote."""

import shutil

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection
from django.utils import translation

from careers.models import Organisation, Person, Place
from faq.models import Question, Topic
from interviews.models import Day, Feature, Interview
from recruit_site.content.models import Publishable, Source
from recruit_site.content.translated_fields import has_language, rows_shown_with
from recruit_site.import_export.fixture_loader import FORMER_LABELS, BrochureError, load
from tests.live_site import PACKAGES

pytestmark = pytest.mark.django_db

SMALL = """
defaults:
  state: live
  source: guide
content.source:
- slug: guide
  title_ja: 案内
  publisher_ja: 発行者
faq.question:
- slug: rent
  topic: flats
  title_ja: 家賃は
  title_en: What about rent?
  text_ja: 手当があります。
  text_en: There is an allowance.
faq.topic:
- slug: flats
  title_ja: 住まい
"""
WITH_PARTS = """
careers.person:
- slug: someone
  group: technical
  title_ja: 担当者
interviews.interview:
- slug: talk
  person: someone
  title_ja: 話
  answers:
  - slug: first
    title_ja: 一つ目
    text_ja: 答え
  - slug: second
    title_ja: 二つ目
    text_ja: 答え
careers.place:
- slug: somewhere
  title_ja: どこか
  country_ja: 国
  kind: posting
  latitude: "1.5"
  longitude: "-2"
"""


@pytest.fixture
def empty():
    """Delete all content from the database."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, allow_cascade=True))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def state_of_everything():
    return {
        model._meta.label: sorted(model.objects.values_list())
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in PACKAGES
    }


def test_brochures_fill_an_empty_database(empty, capsys):
    call_command("load_brochures")
    assert Source.objects.filter(slug="recruitment-guide").exists()
    assert (Interview.objects.published().count(), Question.objects.published().count()) == (10, 59)
    assert capsys.readouterr().out.endswith(" made, 0 changed, 0 unchanged, 0 left\n")


def test_loading_again_changes_nothing(capsys):
    before = state_of_everything()
    call_command("load_brochures")
    assert capsys.readouterr().out.startswith("0 made, 0 changed, ")
    assert state_of_everything() == before


def test_records_may_stand_in_any_order_of_files_and_models(folder):
    load(folder)
    question = Question.objects.get(slug="rent")
    assert (question.topic.slug, question.source.slug, question.state) == ("flats", "guide", "live")
    assert (question.title_ja, question.title_en) == ("家賃は", "What about rent?")


def test_fixture_of_version_0_1_is_loaded_under_the_present_names(folder):
    former = SMALL.replace("content.source:", "recruit_site.source:")
    (folder / "small.yaml").write_text(former, encoding="utf-8")
    load(folder)
    assert Question.objects.get(slug="rent").source.slug == "guide"


def test_every_former_label_leads_to_a_model():
    assert {apps.get_model(label)._meta.label_lower for label in FORMER_LABELS.values()} == set(FORMER_LABELS.values())


def test_record_may_refer_to_one_of_its_own_kind_in_a_later_file(folder):
    (folder / "a.yaml").write_text(
        "careers.organisation: [{slug: team, title_ja: 班, parent: office}]", encoding="utf-8"
    )
    (folder / "z.yaml").write_text("careers.organisation: [{slug: office, title_ja: 室}]", encoding="utf-8")
    load(folder)
    assert Organisation.objects.get(slug="team").parent.slug == "office"


def test_circle_of_references_is_said(folder):
    (folder / "a.yaml").write_text(
        "careers.organisation: [{slug: x, title_ja: 一, parent: y}, {slug: y, title_ja: 二, parent: x}]",
        encoding="utf-8",
    )
    with pytest.raises(BrochureError, match=r"in a circle: a\.yaml, careers\.organisation '[xy]'"):
        load(folder)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_language_of_the_one_who_loads_makes_no_difference(folder, language):
    with translation.override(language):
        load(folder)
    topic = Topic.objects.get(slug="flats")
    assert (topic.title_ja, topic.title_en) == ("住まい", None)


def test_order_follows_the_file(folder):
    (folder / "small.yaml").write_text(WITH_PARTS, encoding="utf-8")
    load(folder)
    interview = Interview.objects.get(slug="talk")
    assert [answer.slug for answer in interview.answers.all()] == ["first", "second"]


def test_changed_fixture_changes_the_row_that_staff_left_alone(folder):
    load(folder)
    (folder / "small.yaml").write_text(SMALL.replace("手当があります", "条件により手当があります"), encoding="utf-8")
    outcome = load(folder)
    assert (outcome.counts["changed"], outcome.left) == (1, [])
    assert Question.objects.get(slug="rent").text_ja == "条件により手当があります。"


def test_part_that_left_the_fixture_leaves_the_row(folder):
    (folder / "small.yaml").write_text(WITH_PARTS, encoding="utf-8")
    load(folder)
    first_id = Interview.objects.get(slug="talk").answers.get(slug="first").pk
    start = WITH_PARTS.index("  - slug: second")
    end = WITH_PARTS.index("careers.place")
    (folder / "small.yaml").write_text(WITH_PARTS[:start] + WITH_PARTS[end:], encoding="utf-8")
    load(folder)
    assert [answer.pk for answer in Interview.objects.get(slug="talk").answers.all()] == [first_id]


@pytest.mark.parametrize(
    "edit",
    [
        {"text_en": "Staff wrote this."},
        {"state": "draft"},
        {"publish_until": "2030-01-01T00:00Z"},
        {"order": 5},
        {"reviewed_on": "2026-11-22"},
    ],
)
def test_row_that_staff_changed_is_left_and_named(folder, capsys, edit):
    load(folder)
    Question.objects.filter(slug="rent").update(**edit)
    before = state_of_everything()
    (folder / "small.yaml").write_text(SMALL.replace("手当があります", "新しい文"), encoding="utf-8")
    call_command("load_brochures", folder)
    assert "left as staff changed it: small.yaml, faq.question 'rent'" in capsys.readouterr().out
    assert state_of_everything() == before


def test_part_that_staff_changed_protects_its_piece(folder):
    (folder / "small.yaml").write_text(WITH_PARTS, encoding="utf-8")
    load(folder)
    Interview.objects.get(slug="talk").answers.filter(slug="first").update(text_ja="職員の文")
    outcome = load(folder)
    assert outcome.left == ["small.yaml, interviews.interview 'talk'"]
    assert Interview.objects.get(slug="talk").answers.get(slug="first").text_ja == "職員の文"


def test_row_that_staff_deleted_stays_deleted(folder):
    load(folder)
    Question.objects.get(slug="rent").delete()
    assert load(folder).left == ["small.yaml, faq.question 'rent' (deleted)"]
    assert not Question.objects.filter(slug="rent").exists()


def test_row_that_staff_made_under_the_same_slug_is_left(folder):
    topic = Topic.objects.create(slug="life-of-staff", title_ja="職員の話題")
    Question.objects.create(slug="rent", topic=topic, title_ja="職員の質問", text_ja="職員の答え")
    assert load(folder).left == ["small.yaml, faq.question 'rent'"]
    assert Question.objects.get(slug="rent").title_ja == "職員の質問"


def test_overwrite_takes_the_fixtures_text_for_all(folder):
    load(folder)
    Question.objects.filter(slug="rent").update(text_en="Staff wrote this.")
    Topic.objects.filter(slug="flats").update(title_ja="職員の話題")
    outcome = load(folder, overwrite=True)
    assert (outcome.counts["changed"], outcome.left) == (2, [])
    assert Question.objects.get(slug="rent").text_en == "There is an allowance."
    assert load(folder).left == []


def test_padded_numbers_are_not_taken_for_a_change_by_staff(folder):
    (folder / "small.yaml").write_text(WITH_PARTS, encoding="utf-8")
    load(folder)
    assert load(folder).left == []
    assert str(Place.objects.get(slug="somewhere").longitude) == "-2.000"


#: A change that breaks the fixture, and a part of the error message about it.
BROKEN = {
    "syntax": (("faq.topic:", "faq.topic: ["), "small.yaml: while parsing"),
    "unknown model": (("faq.topic:", "faq.tropic:"), "small.yaml: there is no model 'faq.tropic'"),
    "model without slugs": (("faq.topic:", "auth.user:"), "small.yaml, auth.user: this must be a list of records"),
    "no slug": (("- slug: flats\n  title_ja", "- title_ja"), "small.yaml, faq.topic number 1: the record has no slug"),
    "unknown field": (
        ("title_ja: 住まい", "titel_ja: 住まい"),
        "small.yaml, faq.topic 'flats': unknown field titel_ja",
    ),
    "unknown target": (("topic: flats", "topic: money"), "'rent': topic: there is no faq.topic 'money'"),
    "missing Japanese": (("  title_ja: 住まい\n", "  title_en: Life\n"), "small.yaml, faq.topic 'flats': title"),
    "bad slug": (("slug: rent", "slug: 家賃"), "faq.question '家賃': slug: "),
    "bad state": (("state: live", "state: alive"), "state: "),
    "too long": (("家賃は", "家" * 161), "faq.question 'rent': title_ja: "),
    "two answers": (
        ("text_ja: 手当があります。", "text_ja: 手当があります。\n  known_ja: 近いこと。"),
        "faq.question 'rent': known_ja: ",
    ),
    "twice": (
        ("slug: rent", "slug: rent\n  topic: flats\n  title_ja: 一\n  text_ja: 一\n- slug: rent"),
        "'rent' stands 2 times",
    ),
    "key twice": (("title_ja: 住まい", "title_ja: 一\n  title_ja: 二"), "the key 'title_ja' stands twice"),
    "key that is no name": (("title_ja: 住まい", "[a, b]: 一"), "small.yaml: "),
    "list for a text": (("title_ja: 住まい", "title_ja: [住まい, 家賃]"), "title_ja: this must be a text"),
    "truth for a text": (("title_ja: 住まい", "title_ja: true"), "title_ja: this must be a text"),
    "mapping for a date": (
        ("title_ja: 住まい", "title_ja: 一\n  reviewed_on: {a: b}"),
        "reviewed_on: this must be a single",
    ),
    "text for parts": (
        ("topic: flats", "topic: flats\n  related_links: one"),
        "related_links: this must be a list",
    ),
    "defaults as list": (
        ("defaults:\n  state: live\n  source: guide", "defaults: [a]"),
        "defaults must map",
    ),
    "no such day": (("title_ja: 住まい", "title_ja: 一\n  reviewed_on: 2026-02-30"), "reviewed_on: "),
    "binary": (("title_ja: 住まい", "title_ja: !!binary aGVsbG8="), "title_ja: this must be a text"),
    "itself inside": (("title_ja: 住まい", "title_ja: &x [*x]"), "title_ja: this must be a text"),
    "not a mapping": ((SMALL, "- one\n- two"), "small.yaml: the file must map model names to lists"),
    "until before from": (
        ("title_ja: 住まい", "title_ja: 暮\n  publish_from: 2026-01-02T00:00Z\n  publish_until: 2026-01-01T00:00Z"),
        "公開終了は公開開始より後",
    ),
}


@pytest.mark.parametrize(("change", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_fixture_ends_the_load_with_file_record_and_reason_and_nothing_loaded(folder, change, message):
    (folder / "a-good-one.yaml").write_text("faq.topic: [{slug: good, title_ja: よい話題}]", encoding="utf-8")
    (folder / "small.yaml").write_text(SMALL.replace(*change), encoding="utf-8")
    before = state_of_everything()
    with pytest.raises(CommandError, match="Nothing was loaded") as raised:
        call_command("load_brochures", folder)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert state_of_everything() == before


def test_broken_part_is_named(folder):
    (folder / "small.yaml").write_text(
        WITH_PARTS.replace("    text_ja: 答え\n  - slug: second", "  - slug: second"), encoding="utf-8"
    )
    with pytest.raises(BrochureError, match=r"interviews\.interview 'talk': answers 'first': text"):
        load(folder)


@pytest.mark.parametrize("answers", ["null", "one", "{a: b}", "[one, two]", "[{title_ja: 問い, text_ja: 答え}]"])
def test_parts_must_be_a_list_of_mappings_with_slugs(folder, answers):
    start, end = WITH_PARTS.index("  answers:"), WITH_PARTS.index("careers.place")
    broken = f"{WITH_PARTS[:start]}  answers: {answers}\n{WITH_PARTS[end:]}"
    (folder / "small.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(BrochureError, match=r"interviews\.interview 'talk': answers: (this must be|a part has)"):
        load(folder)


def test_folder_named_like_a_fixture_is_said(folder):
    (folder / "folder.yaml").mkdir()
    with pytest.raises(BrochureError, match=r"^folder\.yaml: "):
        load(folder)


def test_text_that_left_the_fixture_leaves_the_row(folder):
    load(folder)
    (folder / "small.yaml").write_text(SMALL.replace("  text_en: There is an allowance.\n", ""), encoding="utf-8")
    load(folder)
    assert not Question.objects.get(slug="rent").text_en


def test_overwrite_takes_back_what_the_fixture_does_not_name(folder):
    load(folder)
    Question.objects.filter(slug="rent").update(publish_until="2020-01-01T00:00Z", reviewed_on="2020-01-01")
    load(folder, overwrite=True)
    question = Question.objects.get(slug="rent")
    assert (question.publish_until, question.reviewed_on) == (None, None)


def test_times_and_words_need_no_quotation_marks(folder):
    text = (
        WITH_PARTS
        + """
interviews.day:
- slug: a-day
  title_ja: yes
  leaves_usually: 18:30
  entries:
  - slug: morning
    title_ja: 午前
    starts_at: 9:30
    ends_at: 12:30
"""
    )
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    load(folder)
    day = Day.objects.get(slug="a-day")
    assert (day.title_ja, str(day.leaves_usually), str(day.entries.get().starts_at)) == ("yes", "18:30:00", "09:30:00")
    assert load(folder).counts["unchanged"] > 0


def test_folder_without_fixtures_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"there is no \*\.yaml file to load"):
        call_command("load_brochures", tmp_path)


def test_if_empty_leaves_a_filled_database_alone(folder):
    before = state_of_everything()
    call_command("load_brochures", folder, if_empty=True)
    assert state_of_everything() == before


def test_every_shipped_text_has_both_languages():
    missing = [
        str(piece)
        for model in apps.get_models()
        if issubclass(model, Publishable)
        for piece in model.objects.all()
        for row in rows_shown_with(piece)
        if not has_language(row, "en")
    ]
    assert missing == []


def test_fixtures_of_the_repository_load_from_a_copy(tmp_path):
    shutil.copytree(settings.FIXTURES_FOLDER, tmp_path / "copy")
    assert load(tmp_path / "copy").left == []


def rename(model, before, after):
    row = model.objects.get(slug=before)
    row.slug = after
    row.save()


@pytest.fixture
def renamed(folder):
    """Load the small fixture, then rename a question, its topic and its document as staff do; return the folder."""
    load(folder)
    for model, before, after in (
        (Question, "rent", "renting"),
        (Topic, "flats", "roofs"),
        (Source, "guide", "leaflet"),
    ):
        rename(model, before, after)
    return folder


def test_rows_that_staff_renamed_are_known_again(renamed):
    before = state_of_everything()
    outcome = load(renamed)
    assert (dict(outcome.counts), outcome.left) == ({"unchanged": 3}, [])
    assert state_of_everything() == before


def test_new_text_of_a_fixture_reaches_a_renamed_row_which_keeps_its_slug(renamed):
    text = SMALL.replace("There is an allowance.", "There is a new allowance.")
    (renamed / "small.yaml").write_text(text, encoding="utf-8")
    outcome = load(renamed)
    assert (outcome.counts["changed"], outcome.left) == (1, [])
    question = Question.objects.get(slug="renting")
    assert (question.text_en, question.topic.slug) == ("There is a new allowance.", "roofs")
    assert not Question.objects.filter(slug="rent").exists()
    assert load(renamed).counts["unchanged"] == 3


def test_renamed_row_that_staff_changed_too_is_left(renamed):
    Question.objects.filter(slug="renting").update(text_en="Staff wrote this.")
    assert load(renamed).left == ["small.yaml, faq.question 'rent'"]
    assert Question.objects.get(slug="renting").text_en == "Staff wrote this."


def test_renamed_row_that_staff_deleted_stays_deleted(renamed):
    Question.objects.get(slug="renting").delete()
    assert load(renamed).left == ["small.yaml, faq.question 'rent' (deleted)"]


def test_overwrite_leaves_the_slug_that_staff_gave(renamed):
    Question.objects.filter(slug="renting").update(text_en="Staff wrote this.")
    assert load(renamed, overwrite=True).left == []
    assert Question.objects.get(slug="renting").text_en == "There is an allowance."
    assert load(renamed).counts["unchanged"] == 3


def test_row_that_got_its_first_slug_back_is_known_again(renamed):
    rename(Question, "renting", "rent")
    rename(Topic, "roofs", "flats")
    assert dict(load(renamed).counts) == {"unchanged": 3}


def test_new_record_may_refer_to_a_row_that_staff_renamed(renamed):
    more = "faq.question: [{slug: more, topic: flats, title_ja: ほかには, text_ja: 答え}]"
    (renamed / "more.yaml").write_text(more, encoding="utf-8")
    assert load(renamed).counts["made"] == 1
    assert Question.objects.get(slug="more").topic.slug == "roofs"


def test_parts_and_lists_that_refer_to_renamed_rows_are_no_change_by_staff(folder):
    (folder / "small.yaml").write_text(
        """
careers.person: [{slug: someone, group: technical, title_ja: 人}]
careers.place: [{slug: there, title_ja: 所, country_ja: 国, kind: posting, latitude: "1", longitude: "2"}]
interviews.feature:
- {slug: essay, title_ja: 文, kind: essay, places: [there],
   participants: [{slug: p, person: someone, title_ja: 役}]}
""",
        encoding="utf-8",
    )
    load(folder)
    for model, before, after in ((Person, "someone", "person"), (Place, "there", "here")):
        rename(model, before, after)
    assert load(folder).left == []
    feature = Feature.objects.get(slug="essay")
    assert feature.places.get().slug == "here"
    assert feature.participants.get().person.slug == "person"

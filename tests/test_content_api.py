"""The content as JSON: it holds all that readers may see, nothing else, and is valid by its JSON Schema."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from jsonschema import Draft202012Validator

from careers import models as careers
from faq.models import Question
from interviews.models import Participant
from recruit_site.api.content import public_models
from recruit_site.api.management.commands.write_schema import FILE
from recruit_site.api.public_fields import public_fields
from recruit_site.api.schema import schema
from recruit_site.consent.models import Consent
from recruit_site.content.models import Publishable, SiteText, Source
from recruit_site.page_cache.policy import CACHE_CONTROL
from recruit_site.web.base_views import page_at
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

CONTENT, SCHEMA = "/api/content.json", "/api/content.schema.json"
DAY = timedelta(days=1)
BEFORE, NOW = timezone.now() - 2 * DAY, timezone.now()
#: Fields that hide a piece from readers.
UNSEEN = [
    {"state": "draft"},
    {"state": "review"},
    {"state": "archived"},
    {"publish_from": NOW + DAY},
    {"publish_from": BEFORE, "publish_until": NOW - DAY},
]


def document():
    return Client().get(CONTENT).json()


def content_lists():
    return document()["content"]


def slugs(kind):
    return [piece["slug"] for piece in content_lists()[kind]]


def one(kind, row):
    [piece] = [piece for piece in content_lists()[kind] if piece["slug"] == row.slug]
    return piece


def schema_errors(content):
    """Return the JSON paths at which a document is not valid by the published schema."""
    published_schema = Client().get(SCHEMA).json()
    Draft202012Validator.check_schema(published_schema)
    return [fault.json_path for fault in Draft202012Validator(published_schema).iter_errors(content)]


def test_all_content_of_the_brochures_is_there_and_as_the_schema_says():
    factories.briefing(picture=factories.picture())
    content = document()
    assert schema_errors(content) == []
    for name, model in public_models().items():
        if issubclass(model, Publishable):
            live = model.objects.published().values_list("slug", flat=True)
            assert [piece["slug"] for piece in content["content"][name]] == list(live)
    assert min(len(found) for found in content["content"].values()) > 0


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda content: content.update(version=2), "$.version"),
        (lambda content: content["content"].pop("question"), "$.content"),
        (lambda content: content["content"]["question"][0].update(state="live"), "$.content.question[0]"),
        (lambda content: content["content"]["question"][0].pop("title"), "$.content.question[0]"),
        (lambda content: content["content"]["question"][0]["title"].update(fr="Non"), "$.content.question[0].title"),
        (lambda content: content["content"]["question"][0]["text"].update(en=3), "$.content.question[0].text.en"),
        (
            lambda content: content["content"]["day"][0]["entries"][0].update(kind="x"),
            "$.content.day[0].entries[0].kind",
        ),
        (lambda content: content["content"]["place"][0].update(latitude="35"), "$.content.place[0].latitude"),
    ],
)
def test_schema_refuses_what_is_not_promised(change, where):
    content = document()
    change(content)
    assert schema_errors(content) == [where]


def test_schema_changes_only_where_someone_reads_it():
    """Fails for a new or changed field: read docs/api.md, then run manage.py write_schema."""
    assert json.loads(FILE.read_text(encoding="utf-8")) == schema()


def test_no_field_of_the_workshop_is_public():
    secret = {"state", "order", "publish_until", "shows", "name", "file"}
    named = {name for model in public_models().values() for name in public_fields(model)}
    assert (named & secret, Consent in public_models().values()) == (set(), False)
    assert "title" not in public_fields(SiteText)


def test_texts_stand_side_by_side_as_they_were_written():
    question = factories.question(
        title_en="", text_ja="**強く**、[ここ](/ja/apply/)。", text_en="**So** it is.\n\n- one"
    )
    piece = one("question", question)
    assert piece["title"] == {"ja": question.title_ja, "en": None}
    assert piece["text"] == {"ja": "**強く**、[ここ](/ja/apply/)。", "en": "**So** it is.\n\n- one"}
    assert piece["languages"] == ["ja"]
    question.title_en = "Now in English"
    question.save()
    assert one("question", question)["languages"] == ["ja", "en"]


def test_pieces_have_the_full_addresses_of_their_pages():
    pieces_by_kind = content_lists()
    pages = {url for pieces in pieces_by_kind.values() for piece in pieces for url in (piece["url"] or {}).values()}
    assert len(pages) > 200
    for path in {url.partition("#")[0].removeprefix(settings.SITE_URL) for url in pages}:
        with translation.override(path[1:3]):
            assert page_at(path)["title"], path
    term = pieces_by_kind["term"][0]
    assert term["url"] == {code: f"{settings.SITE_URL}/{code}/glossary/#{term['slug']}" for code in ("ja", "en")}
    assert {piece["url"] for piece in pieces_by_kind["person"]} == {None}


def test_references_lead_to_what_is_in_the_document():
    picture, question = factories.picture(), factories.question()
    interview = factories.interview(picture=picture, source=factories.source())
    factories.link(interview, question)
    piece = one("interview", interview)
    names = ("person", "source", "picture")
    assert [piece[name] for name in names] == [interview.person.slug, interview.source.slug, picture.slug]
    assert [link["target"] for link in piece["related_links"]] == [f"faq.question:{question.slug}"]
    assert one("source", interview.source)["publisher"] == {"ja": "発行者", "en": "Publisher"}
    assert one("person", interview.person)["duty"] == interview.person.duty.slug


def test_picture_comes_with_its_words_and_the_files_that_pages_show():
    picture = factories.picture(size=(40, 30), credit_ja="撮影者")
    factories.notice(picture=picture)
    piece = one("picture", picture)
    assert (piece["alt"]["ja"], piece["credit"]) == (picture.alt_ja, {"ja": "撮影者", "en": None})
    assert [(file["type"], file["width"], file["height"]) for file in piece["files"]] == [
        ("image/avif", 40, 30),
        ("image/webp", 40, 30),
        ("image/jpeg", 40, 30),
    ]
    prefix = settings.SITE_URL + settings.MEDIA_URL
    assert all(default_storage.exists(file["url"].removeprefix(prefix)) for file in piece["files"])
    assert picture.name not in json.dumps(content_lists(), ensure_ascii=False)
    assert "original" not in json.dumps(piece)


@pytest.mark.parametrize("fields", UNSEEN, ids=("draft", "review", "withdrawn", "scheduled", "over"))
def test_nothing_that_readers_may_not_see_is_there(fields):
    hidden = [
        factories.question(title_ja="かくしごと", **fields),
        factories.interview(title_ja="かくしごと", **fields),
        factories.interview(
            person=factories.live(careers.Person, title_ja="かくしごと", **fields), title_ja="かくしごと"
        ),
        factories.notice(title_ja="かくしごと", picture=factories.picture(alt_ja="かくしごと"), **fields),
        factories.feature(title_ja="かくしごと", source=factories.source(title_ja="かくしごと"), **fields),
        factories.place(title_ja="かくしごと", **fields),
    ]
    day = factories.day(place=hidden[-1])
    feature = factories.feature()
    factories.link(feature, hidden[0])
    Participant.objects.create(feature=feature, slug="who", person=hidden[2].person)
    text = read(Client().get(CONTENT))
    assert ("かくしごと" in text, [row.slug for row in hidden if f'"{row.slug}"' in text]) == (False, [])
    assert (one("day", day)["place"], one("feature", feature)["participants"]) == (None, [])


def test_what_no_piece_uses_is_not_there():
    """A picture or source document that no piece refers to is not in the document."""
    factories.picture(alt_ja="まだ")
    factories.source(title_ja="まだ")
    assert 'まだ"' not in read(Client().get(CONTENT))


def consent(**fields):
    return Consent.objects.create(
        **{"slug": "g", "title_ja": "後藤 怜", "title_en": "Goto", "other_forms_ja": "後藤"}
        | {"given_on": "2024-04-01"}
        | fields
    )


def test_withdrawn_consent_takes_name_and_picture_out_at_once():
    picture, source = factories.picture(alt_ja="机"), factories.source(title_ja="後藤の資料")
    notice = factories.notice(picture=picture, source=source)
    given = consent()
    picture.shows.add(given)
    name = re.compile("後藤|goto", re.IGNORECASE)
    assert name.search(read(Client().get(CONTENT)))
    given.withdrawn_on = timezone.localdate()
    given.save()
    assert name.findall(read(Client().get(CONTENT))) == []
    assert (one("notice", notice)["picture"], one("notice", notice)["source"], slugs("picture")) == (None, None, [])
    assert schema_errors(document()) == []


def test_answer_may_be_kept_and_read_by_pages_of_any_site(client):
    names = (
        "Content-Type",
        "Content-Language",
        "Cache-Control",
        "Access-Control-Allow-Origin",
        "X-Content-Type-Options",
    )
    for path, kind in {CONTENT: "application/json", SCHEMA: "application/schema+json"}.items():
        response = client.get(path, headers={"accept-language": "en"})
        assert [response[name] for name in names] == [kind, "ja, en", CACHE_CONTROL, "*", "nosniff"]
        assert (response.cookies, response.get("Vary", "Accept-Encoding")) == ({}, "Accept-Encoding")
        assert response.content == client.get(path, headers={"accept-language": "ja"}).content
        packed = client.get(path, headers={"accept-encoding": "gzip"})
        assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert client.post(CONTENT).status_code == 405


def test_answer_changes_with_what_readers_may_see_even_without_a_change(client):
    question = factories.question()
    assert question.slug in read(client.get(CONTENT))
    Question.objects.filter(pk=question.pk).update(publish_until=timezone.now())
    assert question.slug not in read(client.get(CONTENT))


def test_schema_stands_where_the_content_says(client):
    address = document()["schema"]
    assert (address, client.get(SCHEMA).json()["$id"]) == (settings.SITE_URL + SCHEMA, address)


def test_number_of_queries_does_not_depend_on_the_number_of_pieces(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(CONTENT).status_code == 200
        return len(captured)

    def more():
        place = factories.place(picture=factories.picture())
        piece = factories.interview(picture=factories.picture(), source=factories.source())
        factories.link(piece, factories.question())
        feature = factories.feature()
        feature.places.add(place)
        feature.figures.add(factories.figure())
        Participant.objects.create(feature=feature, slug="who", person=piece.person)
        factories.briefing()
        factories.programme()
        factories.day(person=piece.person, place=place)

    more()
    with_one = queries()
    more()
    more()
    assert queries() == with_one
    assert Source.objects.count() > 2

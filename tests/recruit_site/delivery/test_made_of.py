"""Whatever is written, each page that is kept is the one that would be made anew."""

import re
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from careers.feeds import REMEMBERED
from careers.models import Notice
from interviews.models import Interview
from recruit_site.delivery import statements, version
from recruit_site.models import Consent, Picture, Subject
from recruit_site.publishing import Part, Publishable, Sluggable, State
from recruit_site.search.synonyms import Synonyms
from tests import factories
from tests.page_kinds import BESIDES, examples
from tests.reading import listed, locations

PIECES = [model for model in apps.get_models() if issubclass(model, Sluggable | Part)]
LINKS = {field.remote_field.through for model in PIECES for field in model._meta.local_many_to_many}
#: Someone whose name stands in an interview.
NAMED = "後藤"


def rewrite(model):
    """Change every Japanese text, and take the last row away."""
    fields = [field for field in model._meta.concrete_fields if getattr(field, "language", "") == "ja"]
    model.objects.update(**{field.attname: Concat(field.attname, Value("改")) for field in fields})
    last = model.objects.filter(pk=model.objects.order_by("pk").values("pk").last()["pk"])
    if issubclass(model, Publishable):
        last.update(state=State.ARCHIVED)
    elif issubclass(model, Part):
        last.delete()


def unlink(through):
    through.objects.all().delete()


def withdraw(model):
    consent = model.objects.get()
    consent.withdrawn_on = timezone.localdate()
    consent.save()


def rename(model):
    piece = model.objects.get(slug="goto")
    piece.slug = "renamed"
    piece.save()


#: In an order in which each still finds something to change: parts before what holds them.
WRITES = [
    (rename, Interview),
    *((rewrite, model) for model in sorted(PIECES, key=lambda one: not issubclass(one, Part)) if model is not Synonyms),
    *((unlink, through) for through in sorted(LINKS, key=lambda one: one._meta.label)),
    (withdraw, Consent),
]


#: What readers do not see by itself.
UNSEEN = {Subject, Consent, Picture.shows.through}


MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:")


@pytest.fixture
def paths(client, db):
    """The address of a page of every kind. Listed before `ask`: a test's client lets go of connections once more."""
    factories.briefing()
    picture = factories.picture()
    picture.shows.add(Consent.objects.create(slug="given", title_ja=NAMED, given_on=timezone.localdate(), web=True))
    Interview.objects.filter(slug="goto").update(picture=picture)
    paths = [urlsplit(address).path for address in listed(client)]
    kinds = [path for (_view, language), path in examples(paths).items() if language == "ja"]
    besides = [f"/ja/{BESIDES[kind]}" for kind in ("interview with a career", "article", "paths compared")]
    return [*dict.fromkeys(kinds + besides)]


@pytest.fixture
def pages(paths, ask):
    """A function that returns these pages by their addresses."""
    version.read()
    return lambda: {path: ask(path).body for path in paths}


@pytest.fixture
def everything(pages, ask):
    """A function that returns the same, and what machines read."""
    files = [urlsplit(address).path for address in locations(ask("/sitemap.xml").body.decode())]
    return lambda: pages() | {path: ask(path).body for path in [*files, "/api/content.json"]}


@pytest.mark.parametrize("app", ["recruit_site", "careers", "interviews", "faq"])
def test_what_is_kept_is_what_would_be_made_anew(app, pages):
    before = pages()
    for write, model in WRITES:
        if model._meta.app_label == app:
            write(model)
            version.read()
            after = pages()
            version.forget()
            version.read()
            anew = pages()
            wrong = [path for path, body in after.items() if body != anew[path]]
            is_seen = model not in UNSEEN or write is withdraw
            assert (wrong, after != before) == ([], is_seen), f"{write.__name__} {model.__name__}"
            before = after


def test_pages_ask_nothing_but_what_is_told_when_written(everything, layer):
    everything()
    assert set().union(*(made.tables for made in layer.store.made.values())) <= statements.shown_tables()


def test_pages_ask_for_no_piece_whatever_its_state(everything, layer):
    """A list that is fetched along an ordinary relation would show drafts. Keys come from where it was asked."""
    everything()
    pieces = {model._meta.db_table for model in PIECES if issubclass(model, Publishable)}
    asked = {query.sql for made in layer.store.made.values() for query in made.queries}
    unasked = []
    for sql in asked:
        table = statements.READ.search(sql)[1]
        if table in pieces and not (f'"{table}"."state" = ' in sql or f'WHERE "{table}"."id" IN (' in sql):
            unasked.append(sql)
    assert unasked == []


def test_pages_ask_for_no_moment_but_that_of_the_version(everything, layer):
    """Another one would be the same when a page is asked about again, and what was published since not seen."""
    everything()
    queries = set().union(*(made.queries for made in layer.store.made.values()))
    moments = {str(one) for query in queries for one in query.params if MOMENT.match(str(one))}
    known = {str(connection.ops.adapt_datetimefield_value(query.at)) for query in queries}
    past = {str(connection.ops.adapt_datetimefield_value(query.at - REMEMBERED)) for query in queries}
    notices = Notice.objects.values_list("publish_from", "starts_at", "over_at")
    stand = {str(connection.ops.adapt_datetimefield_value(one)) for row in notices for one in row if one}
    assert moments <= known | past | stand


def test_page_is_made_of_the_same_whether_its_parts_are_kept_or_not(everything, layer):
    """A part that took something along unseen would let a page stand that is no longer right."""
    first = everything()
    cold = asked(layer.store)
    layer.store.turn_to(None)
    layer.store.turn_to(version.read())
    assert everything() == first
    warm = asked(layer.store)
    assert {key: tables - cold[key] for key, tables in warm.items() if tables != cold[key]} == {}


def asked(store):
    return {key: {(one.sql, str(one.params)) for one in made.queries} for key, made in store.made.items()}

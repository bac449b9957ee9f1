"""What only the content decides is made once, until the database answers otherwise what was asked for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import models as careers
from faq.models import Question, Topic
from recruit_site.delivery import kept as keeping
from recruit_site.delivery import version
from recruit_site.delivery.kept import Results, kept, moment, reading
from recruit_site.delivery.statements import noting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls():
    return []


@pytest.fixture
def titles(calls):
    """A kept function that returns the titles of a topic's live questions."""

    @kept
    def titles(slug, most=100):
        calls.append(slug)
        return [row.title_ja for row in Question.objects.published().filter(topic__slug=slug)[:most]]

    return titles


@pytest.fixture
def topic():
    topic = factories.live(Topic, slug="dining")
    factories.question(topic=topic, title_ja="食堂はありますか")
    return topic


def now(function, *arguments, **options):
    """Call a function as a request does that reads the content of now."""
    with reading(version.read()):
        return function(*arguments, **options)


def test_result_is_kept_for_its_arguments(titles, calls, topic):
    found = [now(titles, "dining"), now(titles, "dining"), now(titles, "none"), now(titles, "dining", most=0)]
    assert (found, calls) == ([["食堂はありますか"]] * 2 + [[]] * 2, ["dining", "none", "dining"])


def test_result_is_kept_while_what_it_asked_is_answered_alike(titles, calls, topic):
    now(titles, "dining")
    factories.notice()
    now(titles, "dining")
    factories.question()
    now(titles, "dining")
    assert calls == ["dining"]


def test_result_is_made_anew_when_a_row_is_another(titles, calls, topic):
    now(titles, "dining")
    topic.questions.update(title_ja="売店はありますか")
    assert (now(titles, "dining"), len(calls)) == (["売店はありますか"], 2)


def test_piece_that_is_published_from_now_on_is_seen(titles, topic):
    """The moment up to which a query was asked is another when it is asked again."""
    now(titles, "dining")
    factories.question(topic=topic, title_ja="売店はありますか", publish_from=timezone.now())
    assert len(now(titles, "dining")) == 2


def test_all_is_made_anew_when_a_time_has_come(titles, calls, topic, monkeypatch):
    now(titles, "dining")
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(version.timezone, "now", lambda: later)
    now(titles, "dining")
    assert len(calls) == 2


def test_what_asks_a_kept_function_is_made_anew_with_it(titles, calls, topic):
    outer = kept(lambda: calls.append("outer") or titles("dining"))
    now(titles, "dining")
    now(outer)
    topic.questions.update(title_ja="売店はありますか")
    assert (now(outer), calls) == (["売店はありますか"], ["dining", "outer", "outer", "dining"])


def test_what_is_used_once_more_counts_as_asked(titles, topic):
    asked = []
    for _time in range(2):
        with reading(version.read()) as queries:
            titles("dining")
        asked.append({query.sql for query in queries})
    assert len(asked[0]) == 1
    assert asked[0] == asked[1]


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_is_made_of_a_piece_rests_on_what_the_piece_was_made_of(calls, topic, is_kept):
    """Where nobody knows what that was, on all that was asked before."""

    def piece():
        return Topic.objects.get(slug="dining")

    get, results = kept(piece) if is_kept else piece, Results()

    def page():
        list(careers.Organisation.objects.all())
        row = get()
        return results.get((row,), lambda: calls.append(row.title_ja) or row.title_ja)

    now(page)
    factories.live(careers.Organisation)
    now(page)
    assert len(calls) == (1 if is_kept else 2)
    Topic.objects.filter(slug="dining").update(title_ja="売店")
    assert now(page) == "売店"


def test_what_raises_is_not_kept(calls):
    @kept
    def refuse():
        calls.append(1)
        raise LookupError

    for _time in range(2):
        with pytest.raises(LookupError):
            now(refuse)
    assert len(calls) == 2


def test_empty_result_is_kept_too(calls):
    function = kept(lambda: calls.append(1))
    assert [now(function), now(function), calls] == [None, None, [1]]


def test_what_is_asked_of_a_table_that_is_not_watched_is_not_kept(calls, django_user_model):
    function = kept(lambda: calls.append(1) or django_user_model.objects.exists())
    assert [now(function), now(function), calls] == [False, False, [1, 1]]


def test_nothing_is_kept_or_used_where_there_is_no_version(titles, calls, topic):
    titles("dining")
    now(titles, "dining")
    with reading(None):
        titles("dining")
    assert len(calls) == 3


def test_not_more_than_so_many_results_are_kept(titles, calls, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    for slug in "abca":
        now(titles, slug)
    assert calls == list("abca")


def test_content_is_read_as_of_one_moment_in_a_version():
    first = version.read()
    with reading(first):
        assert (moment(), moment()) == (first.since, first.since)
    assert moment() > first.since


def test_rows_that_come_in_another_order_are_another_answer():
    first, second = factories.live(Topic, order=1), factories.live(Topic, order=2)
    with noting(timezone.now()) as queries:
        assert [*Topic.objects.filter(pk__in=[first.pk, second.pk])] == [first, second]
    (query,) = queries
    assert query.is_answered_alike(timezone.now())
    Topic.objects.filter(pk=first.pk).update(order=3)
    assert not query.is_answered_alike(timezone.now())

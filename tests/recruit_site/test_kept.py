"""What only the content decides is asked once, until what it was made of changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interviews.models import Interview
from recruit_site.delivery import kept as keeping
from recruit_site.delivery.kept import kept
from recruit_site.delivery.statements import note, noting
from recruit_site.delivery.version import Version

NOW = timezone.now()
SOME = Version("", 0, NOW, NOW, NOW, {"faq_question": "a"})


@pytest.fixture
def current(monkeypatch):
    """A list whose last item is the version of the content."""
    versions = [None]
    monkeypatch.setattr(keeping, "current", lambda: versions[-1])
    return versions


@pytest.fixture
def asked():
    """A kept function that returns how often it was called."""
    calls = []

    @kept
    def count(*arguments, **options):
        calls.append(arguments)
        return len(calls)

    return count


def test_result_is_kept_for_its_arguments_until_a_time_comes(current, asked):
    current.append(SOME)
    assert [asked("ja"), asked("ja"), asked("en"), asked("ja", most=1)] == [1, 1, 2, 3]
    current.append(SOME._replace(token="b", number=1))
    assert asked("ja") == 1
    current.append(SOME._replace(era=NOW + timedelta(days=1)))
    assert [asked("ja"), asked("ja")] == [4, 4]


def test_result_is_kept_until_a_table_is_written_that_was_read_for_it(current):
    calls = []

    @kept
    def inner():
        note({"faq_question"})
        return calls.append("inner")

    @kept
    def outer():
        return inner(), calls.append("outer")

    for marks in ({}, {"faq_topic": "b"}, {"faq_topic": "b", "faq_question": "b"}):
        current.append(SOME._replace(marks=marks))
        outer()
        outer()
        inner()
    assert calls == ["inner", "outer"] * 2


def test_what_is_used_once_more_counts_as_read(current):
    function = kept(lambda: note({"faq_question"}))
    current.append(SOME)
    for _time in range(2):
        with noting() as tables:
            function()
        assert tables == {"faq_question"}


def test_result_for_a_piece_rests_on_all_that_was_read_before(current, asked):
    piece = Interview(pk=1)
    current.append(SOME)
    with noting():
        note({"faq_question"})
        found = [asked(piece), asked("goto")]
    current.append(SOME._replace(marks={}))
    assert (found, asked(piece), asked("goto")) == ([1, 2], 3, 2)


def test_empty_result_is_kept_too(current):
    calls = []
    function = kept(lambda: calls.append(1))
    current.append(SOME)
    assert [function(), function(), calls] == [None, None, [1]]


def test_nothing_is_kept_or_used_where_there_is_no_version(current, asked):
    assert [asked(), asked()] == [1, 2]
    current.append(SOME)
    assert asked() == 3
    current.append(None)
    assert asked() == 4


def test_not_more_than_so_many_results_are_kept(current, asked, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    current.append(SOME)
    assert [asked(1), asked(2), asked(3), asked(1)] == [1, 2, 3, 4]

"""What only the content decides is asked once for each version of it."""

import pytest

from recruit_site.delivery import kept as keeping
from recruit_site.delivery.kept import kept


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


def test_result_is_kept_for_its_arguments_until_the_version_changes(current, asked):
    current.append("a")
    assert [asked("ja"), asked("ja"), asked("en"), asked("ja", most=1)] == [1, 1, 2, 3]
    current.append("b")
    assert [asked("ja"), asked("ja")] == [4, 4]


def test_empty_result_is_kept_too(current):
    calls = []
    function = kept(lambda: calls.append(1))
    current.append("a")
    assert [function(), function(), calls] == [None, None, [1]]


def test_nothing_is_kept_or_used_where_there_is_no_version(current, asked):
    assert [asked(), asked()] == [1, 2]
    current.append("a")
    assert asked() == 3
    current.append(None)
    assert asked() == 4


def test_not_more_than_so_many_results_are_kept(current, asked, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    current.append("a")
    assert [asked(1), asked(2), asked(3), asked(1)] == [1, 2, 3, 4]

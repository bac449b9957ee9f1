"""`manage.py prepare`, which runs at every start: it rebuilds check results and search entries only for new code."""

import pytest
from django.core.management import call_command

from recruit_site.search import index_stamp
from recruit_site.search.models import SearchEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepare(capsys):
    """A function that runs `prepare` and returns the numbers of search entries before and after."""

    def prepare():
        before = SearchEntry.objects.count()
        call_command("prepare")
        return before, SearchEntry.objects.count()

    return prepare


def test_first_start_of_a_code_makes_the_entries_anew_and_the_next_one_nothing(prepare):
    SearchEntry.objects.all().delete()
    before, after = prepare()
    assert (before, after > 600) == (0, True)
    SearchEntry.objects.all().delete()
    assert prepare() == (0, 0)


def test_other_code_makes_them_anew(prepare, monkeypatch):
    prepare()
    SearchEntry.objects.all().delete()
    monkeypatch.setattr(index_stamp, "digest_of_code", lambda: "of another version")
    assert prepare()[1] > 600
    assert index_stamp.is_up_to_date()

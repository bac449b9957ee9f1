"""Whatever is sent to the real server, it answers in time with a page of the site; `make trust` sends far more."""

import pytest

from judges.trust import fuzz

pytestmark = pytest.mark.django_db

#: Always the same ones, so that a change that breaks nothing never fails.
EXAMPLES = 150


@pytest.fixture(scope="module")
def target(database_file):
    with fuzz.target(database_file, every=10) as running:
        yield running


def test_hostile_requests_are_answered_in_time_by_the_sites_own_pages(target):
    fuzz.attack(target, EXAMPLES, repeatable=True)
    assert target.failures() == []
    assert target.changed() == []

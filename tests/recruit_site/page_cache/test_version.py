"""The content version: it changes with every write of content, with every scheduled moment, and with nothing else."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from interviews.models import Interview
from recruit_site.consent.models import Consent
from recruit_site.content.models import Part, Sluggable
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.import_export.fixture_loader import load
from recruit_site.page_cache import version
from recruit_site.page_cache.models import ContentChange
from recruit_site.search.models import MissedSearch
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reader(reader):
    """Every test starts with a VersionReader as in a new process."""


def changes(write):
    before = version.reader.current()
    write()
    return version.reader.current() != before


def test_version_stays_while_nothing_is_written():
    assert not changes(lambda: None)


def test_every_write_of_content_changes_the_version():
    interview, feature, place = factories.interview(), factories.feature(), factories.place()
    answer = interview.answers.get()
    assert changes(interview.save)
    assert changes(answer.save)
    assert changes(lambda: feature.places.add(place))
    assert changes(lambda: Interview.objects.filter(pk=interview.pk).update(order=7))
    assert changes(lambda: interview.answers.update(order=7))
    assert changes(answer.delete)
    assert changes(Interview.objects.filter(pk=interview.pk).delete)
    assert changes(lambda: Consent.objects.create(slug="given", title_ja="外務花子", given_on=timezone.localdate()))


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, Sluggable | Part)])
def test_every_piece_that_is_saved_changes_the_version(model):
    row = model.objects.first() or factories.picture()
    assert changes(row.save)


def test_what_only_staff_see_changes_nothing():
    interview = factories.interview()
    piece = {"model": interview._meta.label_lower, "slug": interview.slug, "snapshot": {}}
    assert not changes(lambda: Revision.objects.create(event="saved", **piece))
    assert not changes(lambda: WorkingCopy.objects.create(**piece))
    assert not changes(lambda: MissedSearch.objects.create(language="ja", text="何か", last_on=timezone.localdate()))


def test_loading_the_brochures_anew_changes_nothing(settings):
    assert not changes(lambda: load(settings.FIXTURES_FOLDER))


def test_write_that_is_rolled_back_leaves_the_version():
    before = version.reader.current()
    with transaction.atomic():
        factories.interview()
        inside = version.reader.current()
        transaction.set_rollback(True)
    assert (version.reader.current(), inside == before) == (before, False)


def test_transaction_that_is_committed_after_a_later_one_is_seen():
    """The row of such a transaction has a lower key than a row that was read already."""
    late = ContentChange.objects.create()
    ContentChange.objects.create()
    ContentChange.objects.filter(pk=late.pk).delete()
    assert changes(late.save)


@pytest.mark.parametrize("name", ["publish_from", "publish_until", "withheld_from"])
def test_version_lasts_until_the_next_moment_of_a_schedule(name):
    moment = timezone.now() + timedelta(minutes=1)
    factories.interview(**{name: moment})
    factories.interview(publish_until=timezone.now() + timedelta(minutes=2))
    assert version.reader.current().until == moment


def test_version_ends_with_the_day_as_consents_do():
    until = version.reader.current().until
    assert timezone.localtime(until).strftime("%H:%M:%S") == "00:00:00"
    assert timezone.now() < until <= timezone.now() + timedelta(days=1)


def test_moment_that_has_come_makes_a_new_version(monkeypatch):
    factories.interview(publish_from=timezone.now() + timedelta(minutes=1))
    before = version.reader.current()
    monkeypatch.setattr(version.timezone, "now", lambda: before.until)
    after = version.reader.current()
    assert (after[:2], after.until > before.until) == (before[:2], True)


def test_old_changes_are_deleted_and_the_version_is_another_from_then_on():
    factories.interview()
    before = version.reader.current()
    ContentChange.objects.update(at=timezone.now() - timedelta(days=2))
    version.delete_old_changes()
    assert (ContentChange.objects.count(), version.reader.current() == before) == (0, False)


def test_version_is_read_once_in_the_interval_and_at_once_after_a_write(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(version, "INTERVAL", 3600)
    version.reader.current()
    with django_assert_num_queries(0):
        version.reader.current()
    version.reader.expire()
    with django_assert_num_queries(1):
        version.reader.current()


def test_database_that_does_not_answer_is_away_until_it_does():
    def refuse(*args):
        raise OperationalError("away")

    before = version.reader.current()
    assert not version.reader.is_away
    with connection.execute_wrapper(refuse):
        assert version.reader.current() == before
    assert version.reader.is_away
    version.reader.current()
    assert not version.reader.is_away

"""The version of the content: it changes with every write of content, with every time that comes, and with no other."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from interviews.models import Interview
from recruit_site.brochures import load
from recruit_site.consent import Consent
from recruit_site.delivery import statements, version
from recruit_site.editing.records import Revision, WorkingCopy
from recruit_site.models import Subject
from recruit_site.publishing import Part, Sluggable
from recruit_site.search.missed import Missed
from tests import factories

pytestmark = pytest.mark.django_db


def changes(write):
    before = version.read()
    write()
    return version.read() != before


def test_version_stays_while_nothing_is_written():
    assert not changes(lambda: None)


def test_every_write_of_content_changes_the_version():
    interview = factories.interview()
    answer = interview.answers.get()
    assert changes(interview.save)
    assert changes(answer.save)
    assert changes(lambda: interview.subjects.add(Subject.objects.first()))
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
    kept = {"model": interview._meta.label_lower, "slug": interview.slug, "snapshot": {}}
    assert not changes(lambda: Revision.objects.create(event="saved", **kept))
    assert not changes(lambda: WorkingCopy.objects.create(**kept))
    assert not changes(lambda: Missed.objects.create(language="ja", text="何か", last_on=timezone.localdate()))


def test_loading_the_brochures_anew_changes_nothing(settings):
    assert not changes(lambda: load(settings.FIXTURES_FOLDER))


def test_write_that_is_rolled_back_leaves_the_version_and_never_shares_one_with_a_later_write():
    before = version.read()
    with transaction.atomic():
        factories.interview()
        inside = version.read()
        transaction.set_rollback(True)
    assert version.read()[:2] == before[:2]
    factories.interview()
    assert len({before[:2], inside[:2], version.read()[:2]}) == 3


@pytest.mark.parametrize("name", ["publish_from", "publish_until"])
def test_version_lasts_until_the_next_moment_of_a_schedule(name):
    moment = timezone.now() + timedelta(minutes=1)
    factories.interview(**{name: moment})
    factories.interview(publish_until=timezone.now() + timedelta(minutes=2))
    assert version.read().until == moment


def test_version_ends_with_the_day_as_consents_do():
    now = version.read()
    assert timezone.localtime(now.until).strftime("%H:%M:%S") == "00:00:00"
    assert now.since < now.until <= now.since + timedelta(days=1)


def test_moment_that_has_come_makes_a_new_version(monkeypatch):
    factories.interview(publish_from=timezone.now() + timedelta(minutes=1))
    before = version.read()
    later = before.until + timedelta(seconds=1)
    monkeypatch.setattr(version.timezone, "now", lambda: later)
    after = version.read()
    assert (after[:2], after.since) == (before[:2], later)


def test_write_of_an_older_version_of_the_site_may_be_of_any_table():
    """It tells no table: its column has a default in the database."""
    before = version.read()
    version.Change.objects.create(written="")
    made = version.Made([statements.Query("", frozenset({"faq_question"}), [], before.since)], before)
    assert (made.stands(before), made.stands(version.read())) == (True, False)


def test_old_changes_are_forgotten_and_the_version_is_told_apart_from_then_on():
    factories.interview()
    before = version.read()
    version.Change.objects.update(at=timezone.now() - timedelta(days=2))
    version.forget_old()
    assert (version.Change.objects.count(), version.read() == before) == (0, False)


def test_database_that_does_not_answer_is_away_until_it_does():
    def refuse(*args):
        raise OperationalError("away")

    version.read()
    assert not version.is_away()
    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        version.read()
    assert version.is_away()
    version.read()
    assert not version.is_away()

"""The end of a session: after idle time, after its maximum age, and after a change of the password."""

import time

import pytest
from django.contrib.sessions.models import Session

from faq.models import Question
from recruit_site.accounts import sessions
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read
from tests.recruit_site.accounts.conftest import PASSWORD, browser, is_signed_in, send

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MINUTE = 60


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the clock of sessions forward by minutes."""
    now = [time.time()]
    monkeypatch.setattr(sessions.time, "time", lambda: now[0])

    def pass_by(minutes):
        now[0] += minutes * MINUTE

    return pass_by


@pytest.fixture
def signed_in(administrator, later):
    client = browser()
    send(client, "administrator")
    return client


def test_session_ends_after_idle_time(signed_in, later, settings):
    later(settings.SESSION_IDLE / MINUTE - 1)
    assert is_signed_in(signed_in)
    later(settings.SESSION_IDLE / MINUTE - 1)
    assert is_signed_in(signed_in)
    later(settings.SESSION_IDLE / MINUTE + 1)
    assert not is_signed_in(signed_in)
    assert not Session.objects.exists()


def test_session_ends_after_its_whole_life_however_busy_it_is(signed_in, later, settings):
    settings.SESSION_COOKIE_AGE = 180 * MINUTE
    for _time in range(settings.SESSION_COOKIE_AGE // (55 * MINUTE)):
        later(55)
        assert is_signed_in(signed_in)
    later(55)
    assert not is_signed_in(signed_in)


def test_desk_whose_form_sends_itself_again_and_again_is_idle(signed_in, later, settings):
    url = admin_url(Question, "change", factories.question(state="draft").pk)
    form = form_of(read(signed_in.get(url))) | {"title_ja": "", "_autosave": "1"}
    answers = []
    for _time in range(4):
        later(20)
        answers.append(signed_in.post(url, form).status_code)
    assert (answers[0], answers[-1]) == (200, 403)


def test_someone_who_goes_on_writing_is_there(signed_in, later):
    url = admin_url(Question, "change", factories.question(state="draft").pk)
    form = form_of(read(signed_in.get(url))) | {"_autosave": "1"}
    for number in range(4):
        later(20)
        assert signed_in.post(url, form | {"title_ja": f"書いている質問{number}"}).status_code == 200


def test_reading_writes_no_row_each_time(signed_in, later):
    later(1)
    is_signed_in(signed_in)
    activity = Session.objects.get().get_decoded()[sessions.SEEN]
    later(0.5)
    is_signed_in(signed_in)
    assert Session.objects.get().get_decoded()[sessions.SEEN] == activity
    later(2)
    is_signed_in(signed_in)
    assert Session.objects.get().get_decoded()[sessions.SEEN] > activity


def test_new_password_ends_the_other_sessions(administrator, signed_in):
    other = browser()
    send(other, "administrator")
    new = "seven quiet otters"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert signed_in.post("/admin/password_change/", sent).status_code == 302
    assert (is_signed_in(signed_in), is_signed_in(other)) == (True, False)


def test_signing_out_ends_the_session_on_the_server(signed_in):
    copy = browser()
    copy.cookies = signed_in.cookies.copy()
    signed_in.post("/admin/logout/")
    assert (is_signed_in(copy), Session.objects.count()) == (False, 0)


def test_signing_in_gives_the_session_a_new_name(administrator):
    client = browser()
    client.get("/admin/login/")
    client.cookies["sessionid"] = "chosen-by-someone-else"
    send(client, "administrator")
    assert client.cookies["sessionid"].value != "chosen-by-someone-else"

"""The lock after wrong passwords: it stops an attacker, not an officer at a known address."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.utils import timezone

from recruit_site.accounts import login_attempts
from recruit_site.web.client_address import client_address
from tests.page_text import read
from tests.recruit_site.accounts.conftest import browser, is_signed_in, send

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LOCKED = "約15分間ロックしています"
DESK, STRANGER = "203.0.113.7", "198.51.100.9"


def guess(times, name="officer", address=STRANGER, **more):
    return [send(browser(), name, "wrong", REMOTE_ADDR=address, **more) for _time in range(times)][-1]


def known(name="officer", address=DESK):
    AccessLog.objects.create(username=name, ip_address=address, path_info="/admin/login/")


def pass_by(minutes):
    for row in (*AccessAttempt.objects.all(), *AccessLog.objects.all()):
        type(row).objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(minutes=minutes))


def test_fifth_wrong_password_locks_and_the_page_says_how_long_and_whom_to_ask(officer):
    fourth = guess(4, address=DESK)
    assert (fourth.status_code, LOCKED in read(fourth)) == (200, False)
    fifth = guess(1, address=DESK)
    assert (fifth.status_code, LOCKED in read(fifth), "管理者" in read(fifth)) == (429, True, True)
    client = browser()
    right = send(client, REMOTE_ADDR=DESK)
    assert (right.status_code, LOCKED in read(right), is_signed_in(client)) == (429, True, False)


def test_pause_ends_by_itself_however_often_someone_tries_in_it(officer):
    guess(5, address=DESK)
    pass_by(10)
    guess(3, address=DESK)
    pass_by(5)
    client = browser()
    assert (send(client, REMOTE_ADDR=DESK).status_code, is_signed_in(client)) == (302, True)


def test_right_password_forgets_the_wrong_ones(officer):
    guess(4, address=DESK)
    send(browser(), REMOTE_ADDR=DESK)
    assert guess(4, address=DESK).status_code == 200


def test_stranger_locks_nobody_out_of_the_own_office(officer):
    known()
    for last in range(70):  # far more failures than ONE_ACCOUNT
        AccessAttempt.objects.create(username="officer", ip_address=f"198.51.100.{last}", failures_since_start=4)
    client = browser()
    assert (send(client, REMOTE_ADDR=DESK).status_code, is_signed_in(client)) == (302, True)


def test_guesses_from_many_addresses_are_stopped_everywhere_else(officer):
    for last in range(login_attempts.ONE_ACCOUNT - 1):
        AccessAttempt.objects.create(username="officer", ip_address=f"198.51.100.{last}", failures_since_start=1)
    assert guess(1, address="192.0.2.1").status_code == 429
    assert send(browser(), REMOTE_ADDR="192.0.2.2").status_code == 429


def test_one_address_cannot_go_through_all_accounts(officer):
    for number in range(login_attempts.ONE_ADDRESS):
        AccessAttempt.objects.create(username=f"name{number}", ip_address=STRANGER, failures_since_start=1)
    assert send(browser(), REMOTE_ADDR=STRANGER).status_code == 429
    assert send(browser(), REMOTE_ADDR=DESK).status_code == 302


def test_another_browser_or_another_number_of_the_same_network_is_no_new_beginning(officer):
    for number in range(5):
        guess(1, address=f"2001:db8:0:1::{number + 1}", HTTP_USER_AGENT=f"browser {number}")
    assert guess(1, address="2001:db8:0:1:ffff::1").status_code == 429
    assert guess(1, address="2001:db8:0:2::1").status_code == 200


def test_address_that_an_account_used_is_known_for_90_days(officer):
    known()
    pass_by(89 * 24 * 60)
    assert login_attempts.is_known("officer", DESK)
    pass_by(2 * 24 * 60)
    assert not login_attempts.is_known("officer", DESK)
    login_attempts.delete_old_log()
    assert AccessLog.objects.count() == 0


def test_nothing_that_was_typed_is_kept(officer, caplog):
    typed = {"carried:text_ja": "書きかけの文章", "next": "/admin/?q=secret"}
    send(browser(), "my-password-by-mistake", "wrong", **typed)
    send(browser(), "my-password-by-mistake", "wrong", **typed)
    row = AccessAttempt.objects.get()
    assert (row.get_data, row.post_data, row.failures_since_start) == ("", "", 2)
    assert "my-password-by-mistake" not in caplog.text
    assert "someone at 127.0.0.1" in caplog.text


@pytest.mark.parametrize("name", ["x" * 5000, "ｏｆｆｉｃｅｒ", "名前", "a\x00b", "𠮷" * 160])
def test_no_name_breaks_the_page(officer, name):
    assert send(browser(), name, "wrong").status_code == 200


def test_form_that_is_carried_outlives_the_lock(officer):
    response = guess(5, **{"carried:title_ja": "書いた質問", "next": "/admin/faq/question/1/change/"})
    assert 'name="carried:title_ja" value="書いた質問"' in read(response)


def test_administrator_unlocks_by_a_button(officer, administrator):
    guess(5, address=DESK)
    client = browser()
    client.force_login(administrator)
    form = read(client.get(f"/admin/auth/user/{officer.pk}/change/"))
    until = timezone.localtime(login_attempts.locked_until("officer"))
    assert (f"{until:%H:%M}まで" in form, "ロックを解除する" in form) == (True, True)
    assert f"{until:%H:%M}まで" in read(client.get("/admin/auth/user/"))
    done = client.post(f"/admin/auth/user/{officer.pk}/unlock/", follow=True)
    assert "さんは、すぐにログインできます。" in read(done)
    assert send(browser(), REMOTE_ADDR=DESK).status_code == 302


def test_only_who_may_change_accounts_unlocks_and_only_administrators_an_administrator(
    officer, administrator, django_user_model
):
    client = browser()
    client.force_login(officer)
    assert client.post(f"/admin/auth/user/{officer.pk}/unlock/").status_code == 403
    officer.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert client.post(f"/admin/auth/user/{officer.pk}/unlock/").status_code == 302
    for helps in ("unlock", "remove-second-factor"):
        assert client.post(f"/admin/auth/user/{administrator.pk}/{helps}/").status_code == 403
        assert client.get(f"/admin/auth/user/{officer.pk}/{helps}/").status_code == 405


def from_(peer, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", None),
        ("unix:", None),
    ],
)
def test_address_is_that_of_the_connection(peer, address):
    assert from_(peer) == address


def test_without_a_proxy_nobody_gives_another_address(settings):
    assert from_("203.0.113.7", "10.0.0.1") == "203.0.113.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 127.0.0.1, 203.0.113.7", "203.0.113.7"),  # the client itself sent the earlier addresses
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("203.0.113.7, forged", "172.18.0.5"),
        (None, "172.18.0.5"),
        ("", "172.18.0.5"),
    ],
)
def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_wrote(settings, forwarded, address):
    settings.BEHIND_PROXY = True
    assert from_("172.18.0.5", forwarded) == address


def test_forged_header_begins_no_new_count(officer, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        last = guess(1, address="172.18.0.5", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, {STRANGER}")
    assert last.status_code == 429


def test_shipped_proxy_writes_the_address_itself(settings):
    written = (settings.BASE_DIR / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in written

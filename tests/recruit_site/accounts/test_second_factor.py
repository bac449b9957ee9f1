"""The second factor: setting up an app, entering its code, losing the phone, and who must have one."""

import base64
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from faq.models import Question
from recruit_site.accounts import second_factor
from recruit_site.audit.models import AuditEntry
from tests import factories
from tests.admin_forms import admin_url
from tests.page_text import read
from tests.recruit_site.accounts.conftest import PASSWORD, browser, give_code, hidden, is_signed_in, send, shown

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

OWN = "/admin/signing-in/"


def moments_later():
    """Let the throttling of codes pass: after wrong codes django-otp waits one second, then two, then four."""
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(hours=1))


def key_on(page):
    """Return, in hexadecimal, the key that the page of setting up shows in base32."""
    return base64.b32decode(re.search(r"<code>([A-Z2-7 ]+)</code>", read(page))[1].replace(" ", "")).hex()


def test_nobody_has_a_session_before_the_code(officer, with_app):
    client = browser()
    page = send(client)
    assert ("6桁の数字" in read(page), page.cookies.keys() & {"sessionid"}) == (True, set())
    assert not is_signed_in(client)
    assert "コードが正しくない" in read(give_code(client, page, "000000"))
    assert not is_signed_in(client)
    moments_later()
    assert give_code(client, page, with_app())["Location"] == "/admin/"
    assert is_signed_in(client)


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize("typed", [lambda code: f" {code[:3]} {code[3:]} ", lambda code: code.translate(FULL_WIDTH)])
def test_code_is_taken_as_people_type_it(officer, with_app, typed):
    client = browser()
    give_code(client, send(client), typed(with_app()))
    assert is_signed_in(client)


def test_code_works_once(officer, with_app):
    code = with_app()
    client, other = browser(), browser()
    give_code(client, send(client), code)
    assert "すでに使われています" in read(give_code(other, send(other), code))
    assert not is_signed_in(other)


def test_five_wrong_codes_lock_like_wrong_passwords(officer, with_app):
    client = browser()
    page = send(client)
    for _time in range(5):
        moments_later()
        page = give_code(client, page, "000000")
    assert (page.status_code, "ロックしています" in read(page)) == (429, True)
    assert give_code(client, page, with_app()).status_code == 429
    assert not is_signed_in(client)
    assert send(browser()).status_code == 429


def test_password_that_was_right_counts_for_ten_minutes_and_for_this_password_alone(officer, with_app, monkeypatch):
    client = browser()
    page = send(client)
    officer.set_password("another long password")
    officer.save()
    assert "やり直してください" in read(give_code(client, page, with_app()))
    page = send(client, password="another long password")
    officer.is_active = False
    officer.save()
    assert "やり直してください" in read(give_code(client, page, with_app()))
    assert "やり直してください" in read(client.post("/admin/login/", {"passed": "forged", "code": with_app()}))
    officer.is_active = True
    officer.save()
    monkeypatch.setattr("recruit_site.accounts.views.SECONDS", -1)
    assert "やり直してください" in read(give_code(client, page, with_app()))
    assert not is_signed_in(client)


def test_set_up_by_typing_the_key_and_again_by_recovery_code(officer):
    client = browser()
    send(client)
    assert "パスワードが正しくありません" in read(client.post(OWN, {"set-up": "1", "password": "wrong"}))
    page = client.post(OWN, {"set-up": "1", "password": PASSWORD})
    assert 'src="data:image/svg+xml' in read(page)
    key = key_on(page)
    wrong = client.post(OWN, hidden(page) | {"code": "000000"})
    assert ("コードが正しくない" in read(wrong), key_on(wrong), TOTPDevice.objects.count()) == (True, key, 0)
    done = client.post(OWN, hidden(wrong) | {"code": shown(key)}, follow=True)
    assert "認証アプリを設定しました" in read(done)
    codes = re.findall(r"<code>([\d-]+)</code>", read(client.post(OWN, {"codes": "1", "password": PASSWORD})))
    assert (len(codes), len(set(codes)), StaticToken.objects.count()) == (10, 10, 10)
    client.post("/admin/logout/")
    give_code(client, send(client), codes[0])
    assert is_signed_in(client)
    assert "予備コードは残り9個です" in read(client.get(OWN))
    client.post("/admin/logout/")
    assert "コードが正しくない" in read(give_code(client, send(client), codes[0]))


def test_another_phone_takes_the_place_of_the_first(officer, with_app):
    client = browser()
    give_code(client, send(client), with_app())
    page = client.post(OWN, {"set-up": "1", "password": PASSWORD})
    client.post(OWN, hidden(page) | {"code": shown(key_on(page))})
    assert TOTPDevice.objects.get(user=officer).key == key_on(page)
    assert is_signed_in(client)


def test_page_of_setting_up_serves_nobody_else(officer, administrator):
    client, other = browser(), browser()
    send(client)
    send(other, "administrator")
    page = client.post(OWN, {"set-up": "1", "password": PASSWORD})
    other.post(OWN, hidden(page) | {"code": shown(key_on(page))})
    assert TOTPDevice.objects.count() == 0


def test_without_demand_it_is_ones_own_choice(officer, with_app):
    client = browser()
    give_code(client, send(client), with_app())
    client.post(OWN, {"remove": "1", "password": PASSWORD})
    assert (second_factor.is_set_up(officer), is_signed_in(client)) == (False, True)


def test_adding_and_removing_the_second_factor_is_logged(officer, administrator, with_app):
    client = browser()
    client.force_login(administrator)
    for _time in range(2):  # the second time there is no second factor any more
        client.post(f"/admin/auth/user/{officer.pk}/remove-second-factor/")
    kinds = ["factor-added", "factor-removed"]
    entries = AuditEntry.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", "who", "key")
    who = [officer.username, administrator.username]
    assert list(entries) == [(kind, name, str(officer.pk)) for kind, name in zip(kinds, who, strict=True)]


def test_administrator_removes_a_lost_phone(officer, administrator, with_app):
    second_factor.new_recovery_codes(officer)
    client = browser()
    client.force_login(administrator)
    assert "2段階認証を解除する" in read(client.get(f"/admin/auth/user/{officer.pk}/change/"))
    client.post(f"/admin/auth/user/{officer.pk}/remove-second-factor/")
    assert (TOTPDevice.objects.count(), StaticDevice.objects.count()) == (0, 0)
    assert send(browser())["Location"] == "/admin/"


def test_no_page_of_the_admin_shows_anyones_key(administrator):
    client = browser()
    client.force_login(administrator)
    for address in ("otp_totp/totpdevice/", "otp_static/staticdevice/", "axes/accessattempt/"):
        assert client.get(f"/admin/{address}").status_code == 404


@pytest.fixture
def approver(django_user_model):
    user = django_user_model.objects.create_user("approver", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="承認者"))
    return user


def test_approvers_are_led_to_set_it_up_and_can_do_nothing_else_until_then(settings, officer, approver):
    settings.SECOND_FACTOR = "approvers"
    client = browser()
    page = send(client, "approver", next="/admin/faq/question/")
    assert ("QRコード" in read(page), is_signed_in(client)) == (True, False)
    assert "img-src 'self' data:;" in page["Content-Security-Policy"]  # otherwise browsers block the QR code
    for code in ("000000", "", "abc"):
        page = give_code(client, page, code)
        assert not is_signed_in(client)
    done = give_code(client, page, shown(key_on(page)))
    assert done["Location"] == "/admin/signing-in/?next=%2Fadmin%2Ffaq%2Fquestion%2F"
    made = read(client.get(done["Location"]))
    assert ("予備コードを作ってください" in made, "解除する" in made) == (True, False)
    client.post(OWN, {"remove": "1", "password": PASSWORD})
    assert (second_factor.is_set_up(approver), is_signed_in(client)) == (True, True)
    other = browser()
    send(other)
    assert is_signed_in(other)  # accounts that cannot publish need no second factor


@pytest.mark.parametrize(
    ("setting", "demanded"),
    [
        ("off", set()),
        ("approvers", {"approver", "administrator"}),
        ("everyone", {"officer", "approver", "administrator"}),
    ],
)
def test_setting_says_of_whom_it_is_demanded(settings, officer, approver, administrator, setting, demanded):
    settings.SECOND_FACTOR = setting
    people = (officer, approver, administrator)
    assert {user.username for user in people if second_factor.is_demanded(user)} == demanded


def test_session_without_it_ends_where_it_is_demanded(settings, approver, administrator):
    client = browser()
    send(client, "approver")
    assert is_signed_in(client)
    settings.SECOND_FACTOR = "approvers"
    assert not is_signed_in(client)


def test_session_ends_with_its_phone(settings, approver):
    settings.SECOND_FACTOR = "approvers"
    client = browser()
    page = send(client, "approver")
    give_code(client, page, shown(key_on(page)))
    assert is_signed_in(client)
    second_factor.remove(approver)
    assert not is_signed_in(client)


def test_form_comes_back_through_the_code_too(settings, approver):
    settings.SECOND_FACTOR = "approvers"
    url = admin_url(Question, "change", factories.question().pk)
    page = send(browser(), "approver", next=url, **{"carried:title_ja": "書いた質問"})
    client = browser()
    bridge = give_code(client, give_code(client, page, "000000"), shown(key_on(page)))
    assert (f'action="{url}"' in read(bridge), 'name="title_ja" value="書いた質問"' in read(bridge)) == (True, True)
    client.post("/admin/logout/")
    TOTPDevice.objects.update(last_t=-1)
    page = send(client, "approver", next=url, **{"carried:title_ja": "書いた質問"})
    bridge = give_code(client, page, shown(TOTPDevice.objects.get().key))
    assert 'name="title_ja" value="書いた質問"' in read(bridge)

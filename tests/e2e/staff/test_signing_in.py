"""Tests of setting up an authenticator app and signing in with its code."""

import base64

import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from tests import staff
from tests.browser import PHONE, Window, follow
from tests.quality import axe


def code_of(key, ahead):
    """Return the code that an app with this key shows, `ahead` codes in the future. Each code is accepted only once."""
    return f"{totp(base64.b32decode(key.replace(' ', '')), t0=-30 * ahead):06}"


@pytest.fixture(scope="module")
def window(chromium, site):
    window = Window(chromium, site)
    staff.sign_in(window, "編集者")
    yield window
    window.close()


def test_app_is_set_up_and_then_asked_for(window):
    page = window.page
    follow(page, page.get_by_role("link", name="ログインの2段階認証"))
    page.get_by_label("現在のパスワード").fill(staff.PASSWORD)
    staff.press(page, "認証アプリを設定する")
    assert page.get_by_alt_text("認証アプリ用のQRコード").evaluate("picture => picture.naturalWidth") > 100
    page.get_by_text("カメラで読み取れないとき").click()
    key = page.locator("code").inner_text()
    assert judged(page) == []
    page.get_by_label("コード").fill(code_of(key, 0))
    staff.press(page, "設定を完了")
    page.get_by_label("現在のパスワード").fill(staff.PASSWORD)
    assert judged(page) == []
    staff.press(page, "予備コードを新しく作る")
    recovery = page.locator("code").first.inner_text()
    assert judged(page) == []
    for code in (code_of(key, 1), recovery):
        window.context.clear_cookies()
        staff.sign_in(window, "編集者")
        assert judged(page) == []
        page.get_by_label("コード").fill(code)
        staff.press(page, "ログイン")
        expect(page.get_by_role("link", name="パスワードの変更")).to_be_visible()
    assert window.complaints == []


def judged(page):
    """Return the faults of a page on a phone: broken rules of axe, and "too wide"."""
    page.set_viewport_size({"width": PHONE, "height": 900})
    wide = page.evaluate("() => document.documentElement.scrollWidth") > PHONE
    return [*axe.violations(page), *(["too wide"] if wide else [])]

"""Tests of writing a long text in the admin site: the form autosaves, and its text survives the end of the session."""

import pytest
from playwright.sync_api import expect

from tests.browser import Window
from tests.staff import PASSWORD, go_to, press

QUESTION = "職員寮や宿舎はありますか"


@pytest.fixture
def writer(chromium, site):
    """Yield a function that returns a new window signed in as an editor."""
    windows = []

    def window(**options):
        window = Window(chromium, site, **options)
        windows.append(window)
        window.open("/admin/")
        sign_in(window.page)
        return window

    yield window
    for opened in windows:
        opened.close()


def sign_in(page):
    page.get_by_label("ユーザー名").fill("編集者")
    page.get_by_label("パスワード").fill(PASSWORD)
    press(page, "ログイン")


def test_form_keeps_itself_and_the_next_save_is_no_conflict(writer, site):
    page = writer().page
    page.clock.install()
    go_to(page, "インタビュー", "最前線で外務省のセキュリティを守る")
    page.clock.run_for(1_000)
    status = page.get_by_role("status")
    page.clock.run_for(31_000)
    expect(status).to_be_empty()  # the form has not changed yet
    title = page.get_by_label("見出し (日本語)").first
    title.fill("書きかけの題")
    page.clock.run_for(31_000)
    expect(status).to_contain_text("自動保存しました")
    assert "書きかけの題" not in site.get("/ja/interviews/").body
    title.fill("書きあげた題")
    press(page, "作業中の版として保存")
    expect(page.get_by_role("heading", name="編集者さんの作業中の版")).to_be_visible()
    assert title.input_value() == "書きあげた題"


def test_form_asks_before_it_is_left_only_while_something_is_not_kept(writer):
    page = writer().page
    page.clock.install()
    go_to(page, "質問", QUESTION)
    page.clock.run_for(1_000)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.get_by_label("回答 (日本語)").fill("途中の答え。")
    page.reload()
    assert dialogs == ["beforeunload"]
    page.clock.run_for(1_000)
    page.get_by_label("回答 (日本語)").fill("途中の答え。")
    page.clock.run_for(31_000)
    expect(page.get_by_role("status")).to_contain_text("自動保存しました")
    page.reload()
    assert dialogs == ["beforeunload"]
    expect(page.get_by_label("回答 (日本語)")).to_have_value("途中の答え。")


@pytest.mark.parametrize("scripts", [True, False])
def test_text_survives_the_end_of_the_session(writer, scripts):
    window = writer(java_script_enabled=scripts)
    page = window.page
    go_to(page, "質問", "勤務する国は選べますか")
    text = f"とても長い答え。{'あ' * 3000}"
    page.get_by_label("回答 (日本語)").fill(text)
    window.context.clear_cookies(name="sessionid")
    press(page, "作業中の版として保存")
    expect(page.get_by_role("alert")).to_contain_text("保存されていません")
    sign_in(page)
    press(page, "続きに戻る")
    expect(page.get_by_text("まだ保存されていません")).to_be_visible()
    expect(page.get_by_label("回答 (日本語)")).to_have_value(text)
    press(page, "作業中の版として保存")
    expect(page.get_by_role("heading", name="編集者さんの作業中の版")).to_be_visible()
    expect(page.get_by_label("回答 (日本語)")).to_have_value(text)

"""Tests of the editorial checks, in a real browser and the Japanese admin site, by visible labels only."""

import pytest
from playwright.sync_api import expect

from tests.browser import Window, follow
from tests.staff import go_to, press, sign_in


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def approver(request, chromium, site):
    """Yield a window that is signed in as an approver, who may publish."""
    window = Window(chromium, site, java_script_enabled=request.param)
    sign_in(window, "承認者")
    yield window
    assert window.complaints == []  # no violation of the Content-Security-Policy
    window.close()


def test_number_that_differs_is_named_at_its_place_and_published_once_it_is_corrected(approver, site):
    page = approver.page
    go_to(page, "質問", "語学力に自信がなくても")
    page.get_by_label("回答 (日本語)").fill("語学の研修は153か国で活きます。")
    page.get_by_label("回答 (英語)").fill("Language training is of use in 135 countries.")
    press(page, "公開する")
    checks = page.get_by_role("region", name="点検")
    expect(checks).to_contain_text("語学の研修は153か国で活きます。")
    expect(checks.locator("mark")).to_have_text(["153", "135"])
    follow(page, checks.get_by_role("link", name="回答 (英語)"))
    expect(page.get_by_label("回答 (英語)")).to_be_in_viewport()
    page.get_by_label("回答 (英語)").fill("Language training is of use in 153 countries.")
    press(page, "公開する")
    assert "153か国で活きます" in site.get("/ja/faq/language-confidence/").body.replace("\u200b", "")
    assert "135" not in site.get("/en/faq/language-confidence/").body


def test_number_that_differs_rightly_is_marked_so_and_published(approver, site):
    page = approver.page
    go_to(page, "質問", "職員寮や宿舎はありますか")
    text = page.get_by_label("回答 (日本語)").input_value() + "（昭和63年から）"
    page.get_by_label("回答 (日本語)").fill(text)
    press(page, "公開する")
    page.get_by_label("これで正しい").check()
    press(page, "公開する")
    assert "（昭和63年から）" in site.get("/ja/faq/housing/").body.replace("\u200b", "")


def test_remark_that_does_not_stop_publishing_leads_to_its_place(approver):
    page = approver.page
    go_to(page, "質問", "勤務する国は選べますか")
    page.get_by_label("回答 (日本語)").fill("詳しくは[こちら](/ja/apply/)。")
    page.get_by_label("回答 (英語)").fill("See [how to apply](/en/apply/).")
    press(page, "公開する")
    follow(page, page.get_by_role("link", name="回答 (日本語): こちら"))
    expect(page.get_by_role("region", name="点検")).to_contain_text("リンクの文字から、行き先がわかりません。")
    page.goto(page.url.split("/admin/")[0] + "/admin/")
    follow(page, page.get_by_role("link", name="点検の結果"))
    expect(page.get_by_role("row", name="勤務する国は選べますか")).to_contain_text("こちら")

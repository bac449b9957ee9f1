"""Tests of reviews and consents, in a real browser and the Japanese admin site."""

import re

from playwright.sync_api import expect

from tests.browser import follow
from tests.staff import go_to, press

#: Code that sets the last review of a question to years ago.
OLD_REVIEW = """
from faq.models import Question
Question.objects.filter(slug="housing").update(reviewed_on="2024-04-01")
"""


def test_everything_whose_review_is_due_is_found_and_noted_as_read(site, sign_in, reader):
    site.manage("shell", "-v0", "-c", OLD_REVIEW)
    page = sign_in("承認者")
    due = page.get_by_role("heading", name="全文を確認する時期が来たもの").locator("..")
    follow(page, due.get_by_role("link", name="質問 1"))
    expect(page.get_by_role("link", name="職員寮や宿舎はありますか")).to_be_visible()
    page.get_by_role("row", name="職員寮や宿舎はありますか").get_by_role("checkbox").check()
    page.get_by_label("操作").select_option(label="全文を本日、資料と照らし合わせたと記録する")
    press(page, "実行")
    follow(page, page.get_by_role("link", name="ホーム", exact=True))
    assert page.get_by_role("heading", name="全文を確認する時期が来たもの").count() == 0
    assert "資料と照らし合わせた日：2026" in reader("/ja/faq/housing/")[1].replace(" ", "")


def test_consent_is_withdrawn_and_no_page_holds_the_name(sign_in, site, reader):
    assert reader("/ja/interviews/goto/")[0] == 200
    page = sign_in("編集者")
    go_to(page, "職員の同意")
    follow(page, page.get_by_role("link", name="職員の同意 を追加"))
    page.get_by_label("氏名 (日本語)").fill("後藤 怜")
    page.get_by_label("氏名 (英語)").fill("Goto")
    page.get_by_label("氏名のほかの書き方 (日本語)").fill("後藤")
    page.get_by_label("同意した日").fill("2024-04-01")
    press(page, "保存して編集を続ける")
    assert page.get_by_role("link", name="インタビュー: 博物館学を学び").count() == 1
    page.get_by_label("撤回した日").fill("2025-04-01")
    press(page, "保存")
    pages, ahead = {}, ["/ja/", "/en/"]
    while ahead:
        path = ahead.pop()
        if path not in pages:
            pages[path] = site.get(path).body
            ahead += re.findall(r'href="(/(?:ja|en)/[^"#?]*)', pages[path])
    assert len(pages) > 60
    assert [path for path, html in pages.items() if re.search("後藤|goto", path + html, re.IGNORECASE)] == []
    assert reader("/ja/interviews/goto/")[0] == 410

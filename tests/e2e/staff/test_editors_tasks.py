"""Tests of the tasks of recruiting staff, in a real browser and the Japanese admin site, by visible labels only."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser import follow
from tests.staff import go_to, press

QUESTION = "職員寮や宿舎はありますか"


def test_slip_is_corrected_in_both_languages_and_live(sign_in, reader):
    page = sign_in("承認者")
    go_to(page, "質問", QUESTION)
    page.get_by_label("質問 (日本語)").fill("職員寮や宿舎はありますか？")
    page.get_by_label("質問 (英語)").fill("Is there housing for staff members?")
    press(page, "公開する")
    assert "職員寮や宿舎はありますか？" in reader("/ja/faq/housing/")[1]
    assert "Is there housing for staff members?" in reader("/en/faq/housing/")[1]


def test_live_page_is_changed_in_a_working_copy_and_then_published(sign_in, reader):
    page = sign_in("承認者")
    go_to(page, "質問", "女性が活躍する場はありますか")
    page.get_by_label("質問 (日本語)").fill("女性はどこで活躍していますか")
    press(page, "作業中の版として保存")
    assert "女性が活躍する場はありますか" in reader("/ja/faq/women-at-work/")[1]
    press(page, "公開する")
    assert "女性はどこで活躍していますか" in reader("/ja/faq/women-at-work/")[1]


def test_editor_sends_to_review_and_approver_publishes(sign_in, reader):
    editor = sign_in("編集者")
    go_to(editor, "質問")
    follow(editor, editor.get_by_role("link", name="質問 を追加"))
    editor.get_by_label("話題").select_option(label="暮らしと職場")
    editor.get_by_label("質問 (日本語)").fill("食堂はありますか")
    editor.get_by_label("質問 (英語)").fill("Is there a canteen?")
    editor.get_by_label("回答 (日本語)").fill("あります。")
    editor.get_by_label("回答 (英語)").fill("Yes.")
    editor.get_by_label("出典資料").select_option(index=1)
    assert editor.get_by_role("button", name="公開する", exact=True).count() == 0
    press(editor, "確認に出す")
    assert reader("/ja/faq/is-there-a-canteen/")[0] == 404
    approver = sign_in("承認者")
    go_to(approver, "質問", "食堂はありますか")
    press(approver, "公開する")
    assert "食堂はありますか" in reader("/ja/faq/is-there-a-canteen/")[1]


def schedule(page, wait):
    """Open the question that is to appear later, and publish it with a start after the timedelta `wait`."""
    go_to(page, "質問", "語学力に自信がなくても")
    moment = datetime.now(ZoneInfo("Asia/Tokyo")) + wait
    start = page.get_by_role("group", name="公開開始")
    start.get_by_label("日付").fill(f"{moment:%Y-%m-%d}")
    start.get_by_label("時刻").fill(f"{moment:%H:%M:%S}")
    press(page, "公開する")


def test_scheduled_question_appears_by_itself(sign_in, reader):
    page, path = sign_in("承認者"), "/ja/faq/language-confidence/"
    go_to(page, "質問", "語学力に自信がなくても")
    press(page, "公開を終える")
    assert reader(path)[0] == 410
    schedule(page, timedelta(days=1))
    assert reader(path)[0] == 404
    schedule(page, timedelta(seconds=10))
    for _attempt in range(120):
        status = reader(path)[0]
        if status != 404:
            break
        time.sleep(1)
    assert status == 200


def test_english_that_is_out_of_date_is_found_and_confirmed(sign_in):
    page = sign_in("承認者")
    go_to(page, "用語", "公電")
    page.get_by_label("説明 (日本語)").fill("外務省と在外公館のあいだで送られる、公の電報。")
    press(page, "公開する")
    page.goto(page.url.split("/admin/")[0] + "/admin/")
    follow(page, page.get_by_role("link", name="英語は最新か"))
    follow(page, page.get_by_role("row", name="用語").get_by_role("link", name="1", exact=True))
    follow(page, page.get_by_role("link", name="公電").first)
    expect(page.get_by_role("heading", name="英語が古くなっています")).to_be_visible()
    page.get_by_label("英語を確認した").check()
    press(page, "公開する")
    go_to(page, "用語", "公電")
    assert page.get_by_role("heading", name="英語が古くなっています").count() == 0


def test_change_of_the_english_alone_is_undone(sign_in, reader):
    page = sign_in("承認者")
    go_to(page, "質問", "勤務する国は選べますか")
    page.get_by_label("質問 (日本語)").fill("勤務する国を選べますか")
    page.get_by_label("質問 (英語)").fill("A spoilt sentence")
    press(page, "公開する")
    go_to(page, "質問", "勤務する国を選べますか")
    follow(page, page.get_by_role("link", name="履歴"))
    press(page, "英語だけ")
    assert "A spoilt sentence" not in reader("/en/faq/choice-of-country/")[1]
    assert "勤務する国を選べますか" in reader("/ja/faq/choice-of-country/")[1]


def test_deleted_interview_is_brought_back(sign_in, reader):
    page = sign_in("承認者")
    go_to(page, "インタビュー", "最前線で外務省のセキュリティを守る")
    follow(page, page.get_by_role("link", name="削除", exact=True))
    press(page, "はい、大丈夫です")
    assert "規則とツールの作成" not in reader("/ja/interviews/")[1]
    follow(page, page.get_by_role("link", name="削除した項目"))
    press(page, "部分も含めて元に戻す")
    assert "規則とツールの作成" in reader("/ja/interviews/")[1]


def test_two_people_edit_the_same_question_and_nothing_is_lost(sign_in):
    one, two = sign_in("編集者"), sign_in("承認者")
    for page in (one, two):
        go_to(page, "質問", "国内や海外への出張はありますか")
    one.get_by_label("質問 (日本語)").fill("出張はありますか")
    press(one, "作業中の版として保存")
    two.get_by_label("質問 (日本語)").fill("国内と海外への出張はありますか")
    press(two, "作業中の版として保存")
    expect(two.get_by_role("heading", name="編集者さんが")).to_be_visible()
    assert two.get_by_label("質問 (日本語)").input_value() == "国内と海外への出張はありますか"
    press(two, "作業中の版として保存")
    follow(two, two.get_by_role("link", name="履歴"))
    expect(two.get_by_text("ほかの版に置き換え").first).to_be_visible()


def test_questions_are_reordered(sign_in, reader):
    page = sign_in("承認者")
    go_to(page, "質問")
    before = reader("/ja/faq/")[1]
    first, second = "情報通信の知識は必要ですか", "専門技術が身につくまで"
    assert before.index(first) < before.index(second)
    follow(page, page.get_by_role("button", name=f"{first}」を下へ"))
    after = reader("/ja/faq/")[1]
    assert after.index(second) < after.index(first)


def test_new_interview_is_drafted_and_previewed_in_english_on_a_phone(sign_in, reader):
    page = sign_in("編集者")
    go_to(page, "インタビュー")
    follow(page, page.get_by_role("link", name="インタビュー を追加"))
    page.get_by_role("combobox", name="職員").select_option(index=1)
    page.get_by_label("見出し (日本語):", exact=True).fill("海の向こうの回線を守る")
    page.get_by_label("見出し (英語):", exact=True).fill("Guarding lines across the sea")
    english = ["Because I like the sea.", "A cable that broke at night.", "Come and see."]
    for number, text in enumerate(english):
        page.get_by_text("回答 の追加").click()
        for label, value in (
            ("質問・見出し (日本語)", f"{number + 1}つ目の質問"),
            ("質問・見出し (英語)", f"Question {number + 1}"),
            ("回答 (日本語)", f"{number + 1}つ目の答え。"),
            ("回答 (英語)", text),
        ):
            page.get_by_label(label).nth(number).fill(value)
    page.get_by_label("出典資料").select_option(index=1)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="保存せずにプレビュー").click()
    phone = opened.value.frame_locator("iframe[title='英語, スマートフォン']")
    for text in english:
        expect(phone.get_by_text(text)).to_be_visible()
    assert phone.locator("html").evaluate("html => html.clientWidth") <= 390
    assert phone.locator("body").evaluate("body => getComputedStyle(body).margin") == "0px"  # the stylesheet works
    opened.value.close()
    assert reader("/en/interviews/guarding-lines-across-the-sea/")[0] == 404
    press(page, "下書きとして保存")
    assert reader("/en/interviews/guarding-lines-across-the-sea/")[0] == 404
    go_to(page, "インタビュー", "海の向こうの回線を守る")
    assert page.get_by_label("回答 (英語)").evaluate_all("texts => texts.map(text => text.value)")[:3] == english


OLDER = """
from faq.models import Question
from recruit_site.editing.models import Revision
revision = Revision.objects.filter(slug="SLUG").last()
revision.snapshot |= {"title_en": "As it was", "mood": "a field that is gone"}
del revision.snapshot["scope"]  # a field that the old snapshot does not have
revision.save()
"""


def test_version_older_than_a_migration_is_brought_back(sign_in, reader, site):
    page = sign_in("承認者")
    go_to(page, "質問", "在外公館へは単身で赴任するのですか")
    slug = page.get_by_label("スラッグ").input_value()
    scope = page.get_by_label("誰についての内容か").input_value()
    page.get_by_label("質問 (英語)").fill("As it is now")
    press(page, "公開する")
    site.manage("shell", "-v0", "-c", OLDER.replace("SLUG", slug))
    go_to(page, "質問", "在外公館へは単身で赴任するのですか")
    follow(page, page.get_by_role("link", name="履歴"))
    press(page, "全体")
    expect(page.get_by_text("今はない項目なので戻しませんでした：mood")).to_be_visible()
    assert page.get_by_label("質問 (英語)").input_value() == "As it was"
    assert page.get_by_label("誰についての内容か").input_value() == scope
    assert "As it was" in reader(f"/en/faq/{slug}/")[1]

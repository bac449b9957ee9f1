"""Tests of announcing and cancelling a briefing, in a real browser and the Japanese admin site, and on public pages."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser import follow
from tests.staff import go_to, press

TITLE = "冬のオンライン説明会"


def enter(page, name, moment):
    field = page.get_by_role("group", name=re.compile(f"^{name}"))
    field.get_by_label("日付").fill(f"{moment:%Y-%m-%d}")
    field.get_by_label("時刻").fill(f"{moment:%H:%M}")


def test_briefing_is_announced_and_called_off(sign_in, reader):
    start = (datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(days=10)).replace(hour=14, minute=0)
    page = sign_in("承認者")
    go_to(page, "お知らせ・説明会")
    follow(page, page.get_by_role("link", name="お知らせ・説明会 を追加"))
    page.get_by_label("題名 (日本語)").fill(TITLE)
    page.get_by_label("題名 (英語)").fill("Winter briefing online")
    page.get_by_label("本文 (日本語)").fill("若手の職員が仕事の一日を話します。")
    page.get_by_label("本文 (英語)").fill("Younger officials talk about a day of their work.")
    enter(page, "開始", start)
    enter(page, "終了", start + timedelta(hours=1, minutes=30))
    page.get_by_label("会場 (日本語)").fill("オンライン")
    page.get_by_label("会場 (英語)").fill("Online")
    page.get_by_label("申込みのアドレス").fill("https://apply.example.go.jp/winter")
    enter(page, "申込期限", start - timedelta(days=2))
    press(page, "公開する")

    day = f"{start.month}月{start.day}日"
    for path in ("/ja/", "/ja/apply/", "/ja/notices/"):
        text = reader(path)[1]
        assert (TITLE in text, day in text, "14:00–15:30（日本時間）" in text) == (True, True, True), path
    assert "Winter briefing online" in reader("/en/")[1]
    assert "申し込む" in reader("/ja/notices/winter-briefing-online/")[1]

    go_to(page, "お知らせ・説明会", TITLE)
    page.get_by_role("checkbox", name="中止").check()
    page.get_by_label("中止についての説明 (日本語)").fill("都合により中止します。")
    page.get_by_label("中止についての説明 (英語)").fill("It had to be called off.")
    press(page, "公開する")
    for path in ("/ja/", "/ja/apply/", "/ja/notices/"):
        assert f"中止 {TITLE}" in " ".join(reader(path)[1].split()), path
    text = reader("/ja/notices/winter-briefing-online/")[1]
    assert ("この説明会は中止になりました。" in text, "申し込む" in text) == (True, False)
    assert "This briefing is cancelled." in reader("/en/notices/winter-briefing-online/")[1]

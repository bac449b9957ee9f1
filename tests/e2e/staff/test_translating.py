"""Tests of translating with a spreadsheet, in a real browser and the Japanese admin site."""

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser import follow
from tests.staff import press

#: Code that removes the translations of five answers without figures, which a translation would have to repeat.
BLANKED = """
from faq.models import Question
from recruit_site.editing.models import Revision
from recruit_site.editing.revisions import record_revision
for row in Question.objects.published().filter(text_ja__gt="").exclude(text_ja__regex="[0-9]")[:5]:
    row.text_en = ""
    row.save()
    record_revision(row, Revision.Event.SAVED)
"""


def test_five_missing_translations_are_exported_filled_and_imported(site, sign_in, reader, tmp_path):
    site.manage("shell", "-v0", "-c", BLANKED)
    page = sign_in("承認者")
    follow(page, page.get_by_role("link", name="英語は最新か"))
    expect(page.get_by_role("row", name="質問").get_by_role("link", name="5", exact=True)).to_be_visible()
    follow(page, page.get_by_role("link", name="表計算ファイルで翻訳する"))
    page.get_by_label("書き出す文章").select_option(label="英語なし")
    with page.expect_download() as download:
        page.get_by_role("button", name="ダウンロード").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)

    book = load_workbook(path)
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value.startswith("english"))
    assert sheet.max_row == 6
    for number, name in enumerate("abcde", start=2):
        sheet.cell(number, place).value = f"Translated answer {name}."
    slugs = [sheet.cell(number, 1).value.split("/")[1] for number in range(2, 7)]
    book.save(path)

    page.get_by_label("表計算ファイル").set_input_files(path)
    press(page, "内容を確認する")
    assert page.get_by_role("insertion").filter(has_text="Translated answer").count() == 5
    assert "Translated answer" not in reader(f"/en/faq/{slugs[0]}/")[1]
    press(page, "取り込んで、公開中の項目はすぐに公開する")
    page.get_by_text("公開 5").wait_for()
    for name, slug in zip("abcde", slugs, strict=True):
        assert f"Translated answer {name}." in reader(f"/en/faq/{slug}/")[1]
    page.goto(page.url.split("/admin/")[0] + "/admin/translations/")
    assert page.get_by_role("row", name="質問").get_by_role("link", name="5", exact=True).count() == 0

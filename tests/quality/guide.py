"""The screenshots of the editors' guide, docs/editing.md, taken while a browser follows the guide."""

import io
import tempfile

from PIL import Image

from tests.browser import Window, chromium, follow
from tests.live_site import ROOT, running
from tests.staff import go_to, make_accounts, press, sign_in

FOLDER = ROOT / "static" / "editing" / "guide"
WIDTH = 1180
QUESTION, CHANGED = "国内や海外への出張はありますか", "出張はありますか"
JAPANESE, ENGLISH = "質問 (日本語)", "質問 (英語)"
#: Code that sets fixed times in the history, a minute for each version, so that screenshots change only with the admin.
STILL = """
from datetime import UTC, datetime, timedelta
from recruit_site.editing.models import Revision, WorkingCopy
for model in (Revision, WorkingCopy):
    for number, row in enumerate(model.objects.order_by("pk")):
        model.objects.filter(pk=row.pk).update(at=datetime(2026, 4, 1, tzinfo=UTC) + timedelta(minutes=number))
"""


def main():
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(folder) as site, chromium() as browser:
        make_accounts(site)
        pages = []
        for name in ("編集者", "承認者"):
            window = Window(browser, site)
            sign_in(window, name)
            window.widen(WIDTH)
            pages.append(window.page)
        take_all(*pages, lambda: site.manage("shell", "-v0", "-c", STILL))


def take_all(editor, approver, keep_still):
    go_to(approver, "質問")
    take(approver, "order", 470)

    for page in (editor, approver):
        go_to(page, "質問", QUESTION)
    take(approver, "form", 720)
    approver.get_by_label(JAPANESE).fill("海外へ出張しますか")

    editor.get_by_label(JAPANESE).fill(CHANGED)
    with editor.context.expect_page() as opened:
        editor.get_by_role("button", name="保存せずにプレビュー").click()
    opened.value.wait_for_load_state("networkidle")
    opened.value.set_viewport_size({"width": WIDTH, "height": 900})
    take(opened.value, "preview", 760)

    editor.bring_to_front()
    press(editor, "作業中の版として保存")
    keep_still()
    go_to(editor, "質問", QUESTION)
    take(editor, "working-copy", 520)

    press(approver, "公開する")
    take(approver, "conflict", 560)
    go_to(approver, "質問", QUESTION)
    approver.get_by_label(ENGLISH).fill("Will I travel on business?")
    press(approver, "公開する")
    keep_still()
    go_to(approver, "質問", CHANGED)
    follow(approver, approver.get_by_role("link", name="履歴"))
    take(approver, "history", 560)

    go_to(approver, "用語", "公電")
    approver.get_by_label("説明 (日本語)").fill("外務省と在外公館のあいだで送られる、公の電報。")
    press(approver, "公開する")
    approver.goto(approver.url.split("/admin/")[0] + "/admin/translations/")
    take(approver, "translations", 330, width=460)


def take(page, name, height, width=WIDTH):
    """Save a screenshot of the top of a page's content, at most `height` high and `width` wide, in pixels."""
    box = page.locator("#content").bounding_box()
    clip = box | {"height": min(height, box["height"]), "width": min(width, box["width"])}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip, full_page=True)))
    picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=60, method=6)


if __name__ == "__main__":
    main()

"""`make screenshots`: a screenshot of each kind of page, at the width of a phone and of a desktop, in var/screenshots.

The README shows the top of the home page: a desktop in Japanese beside a phone in English. With kinds as arguments,
`make screenshots ARGS="home-ja search-en"` takes only these and leaves the README's picture alone.
"""

import sys
import tempfile

import django
from PIL import Image

from tests.browser import Window, chromium
from tests.live_site import ROOT, running
from tests.page_kinds import LANGUAGES, address, examples, kinds

FOLDER = ROOT / "var" / "screenshots"
WIDTHS = {"phone": 390, "desktop": 1440}
README_PICTURE = ROOT / "docs" / "home.webp"


def main():
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(folder) as site, chromium() as browser:
        known = examples(site.paths)
        windows = {language: Window(browser, site, language) for language in LANGUAGES}
        editors = Window(browser, site)
        editors.sign_in()
        for kind in (kind for kind in kinds() if not sys.argv[1:] or file_name(kind) in sys.argv[1:]):
            window = editors if kind.signed_in else windows[kind.language]
            if not (path := address(kind, known)):
                continue
            window.open(path)
            window.page.wait_for_load_state("networkidle")
            for name, width in WIDTHS.items():
                window.widen(width)
                window.page.screenshot(path=FOLDER / f"{file_name(kind)}-{name}.png", full_page=True)
    if not sys.argv[1:]:
        picture_for_readme()


def picture_for_readme(height=900, gap=48):
    """Save the README's picture: the tops of two home pages side by side. `height` and `gap` are in pixels."""
    tops = [Image.open(FOLDER / f"{name}.png") for name in ("home-ja-desktop", "home-en-phone")]
    picture = Image.new("RGB", (sum(top.width for top in tops) + gap, height), "white")
    picture.paste(tops[0].crop((0, 0, tops[0].width, height)), (0, 0))
    picture.paste(tops[1].crop((0, 0, tops[1].width, height)), (tops[0].width + gap, 0))
    picture.save(README_PICTURE, quality=80)


def file_name(kind):
    return str(kind).replace(":", "-").replace(" ", "-")


if __name__ == "__main__":
    main()

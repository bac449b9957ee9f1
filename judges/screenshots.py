"""Takes a picture of every kind of page, as wide as a phone and as a desktop, into var/screenshots."""

import tempfile

import django

from judges.browser import Window, chromium
from judges.kinds import LANGUAGES, address, examples, kinds
from judges.site import ROOT, running

FOLDER = ROOT / "var" / "screenshots"
WIDTHS = {"phone": 390, "desktop": 1440}


def main():
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(folder) as site, chromium() as browser:
        known = examples(site.paths)
        windows = {language: Window(browser, site, language) for language in LANGUAGES}
        editors = Window(browser, site)
        editors.sign_in()
        for kind in kinds():
            window = editors if kind.signed_in else windows[kind.language]
            window.open(address(kind, known))
            window.page.wait_for_load_state("networkidle")
            for name, width in WIDTHS.items():
                window.widen(width)
                window.page.screenshot(path=FOLDER / f"{file_name(kind)}-{name}.png", full_page=True)


def file_name(kind):
    return str(kind).replace(":", "-").replace(" ", "-")


if __name__ == "__main__":
    main()

"""Checks every page of the sitemap in both languages and records what was found (`make a11y`).

The record is what the site's page of test results shows: no figure of that page is typed by hand. For each
success criterion it counts the pages by their worst outcome, and names the checks that judged anything. Where addresses
are named (`make a11y ARGS="/ja/ /en/faq/"`) nothing is recorded.
"""

import json
import platform
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import date
from importlib.metadata import version

from recruit_site.web.accessibility.criteria import JIS, WCAG_2_1_AND_2_2
from recruit_site.web.accessibility.results import RECORD
from tests.browser import DESKTOP, PHONE, Window, chromium
from tests.live_site import running
from tests.quality import axe, keyboard, nu, reflow
from tests.quality.installation import PACKAGES

#: From worst to best. The first that a page has is its outcome.
OUTCOMES = ("violations", "incomplete", "passes", "inapplicable")

#: What we measure ourselves, and the criteria that it bears on.
OWN = {
    "walk": ("2.1.1", "2.1.2", "2.4.1", "2.4.3", "2.4.7", "2.4.11"),
    "reflow": ("1.4.10",),
    "enlarged": ("1.4.4",),
    "markup": ("4.1.1",),
}
KNOWN = {criterion.number for criterion in (*JIS, *WCAG_2_1_AND_2_2)}
SCRIPT = "script:not([type='application/ld+json'])"
#: A criterion does not apply where no page holds what matches its selector.
ABOUT = (
    dict.fromkeys(("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"), "audio, video, object, embed, iframe")
    | dict.fromkeys(("2.1.4", "2.5.4"), SCRIPT)
    | dict.fromkeys(("2.5.1", "2.5.2", "2.5.7"), f"{SCRIPT}, input[type=range], [draggable=true]")
    | {"2.2.1": f"{SCRIPT}, meta[http-equiv=refresh]"}
    | dict.fromkeys(("3.3.4", "3.3.7"), "form[method=post]")
    | {"3.3.8": "input[type=password]"}
)


def criterion(tag):
    """Return the number of the criterion that a tag of axe's rules names (wcag1410 → 1.4.10), or None."""
    digits = tag.removeprefix("wcag")
    return f"{digits[0]}.{digits[1]}.{digits[2:]}" if digits.isdigit() and len(digits) > 2 else None


def by_criterion(results):
    """Yield (criterion, rule, outcome) for each of axe's results. A few rules bear on criteria of AAA besides."""
    for outcome in OUTCOMES:
        for rule in results[outcome]:
            yield from ((number, rule["id"], outcome) for tag in rule["tags"] if (number := criterion(tag)) in KNOWN)


def check_page(window, path, checker):
    """Yield (criterion, check, outcome) for everything that can be said of a page."""
    page = window.page
    window.open(path)
    for check, faults in (
        ("markup", nu.page_faults(checker, window.site.get(path).body)),
        ("walk", keyboard.walk_faults(page)),
        ("reflow", reflow.reflow_faults(page)),
        ("enlarged", reflow.enlarged_faults(page)),
    ):
        yield from ((number, check, "violations" if faults else "passes") for number in OWN[check])
        tell(path, faults)
    for width, colours, rules in ((DESKTOP, "light", ()), (PHONE, "light", ()), (DESKTOP, "dark", axe.OF_COLOUR)):
        window.widen(width)
        page.emulate_media(color_scheme=colours)
        results = axe.judge(page, rules)
        yield from by_criterion(results)
        tell(path, [rule["help"] for rule in results["violations"]])
    page.emulate_media(color_scheme="light")


def tell(path, faults):
    for fault in faults:
        print(f"{path}: {fault}", file=sys.stderr)


def criteria(findings, present):
    """Return {criterion: {absent, checks, pages by outcome}}.

    `findings` are {path: {(criterion, check, outcome), …}}, `present` the criteria whose matter some page holds.
    """
    worst, checks = defaultdict(dict), defaultdict(set)
    for path, found in findings.items():
        for number, check, outcome in found:
            worst[number][path] = min(worst[number].get(path, outcome), outcome, key=OUTCOMES.index)
            if outcome != "inapplicable":
                checks[number].add(check)
    return {
        number: {
            "absent": number in ABOUT and number not in present,
            "checks": sorted(checks[number]),
            "pages": dict(Counter(worst[number].values())),
        }
        for number in sorted({*worst, *ABOUT}, key=lambda number: [int(part) for part in number.split(".")])
    }


def main():
    started = date.today().isoformat()
    findings, present, named = {}, set(), sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, running(folder) as site, chromium() as browser, nu.checker() as url:
        window = Window(browser, site)
        for path in named or sorted(site.paths):
            findings[path] = set(check_page(window, path, url))
            present |= {number for number, selector in ABOUT.items() if window.page.locator(selector).count()}
        found = criteria(findings, present)
        record = {
            "started": started,
            "finished": date.today().isoformat(),
            "browser": {"name": "Chromium", "version": browser.version, "system": platform.system()},
            "tools": [
                {"name": "axe-core", "version": PACKAGES["axe-core"]},
                {"name": "Nu Html Checker", "version": PACKAGES["vnu-jar"]},
                {"name": "Playwright", "version": version("playwright")},
            ],
            "widths": sorted({DESKTOP, PHONE, reflow.NARROWEST, reflow.HALF}),
            "pages": list(findings),
            "criteria": found,
        }
    violated = [number for number, of_it in found.items() if "violations" in of_it["pages"]]
    print(f"{len(findings)} pages; criteria violated: {', '.join(violated) or 'none'}.")
    if not named:
        RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""`make a11y`: the accessibility checks on every page of the sitemap, in both languages, and the record of results.

The site's page of test results shows the record, so no figure on that page is typed by hand. For each success
criterion the record counts the pages by their worst outcome and names the checks that applied. With paths as arguments
(`make a11y ARGS="/ja/ /en/faq/"`) the command writes no record.
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

#: The outcomes of axe from worst to best. The outcome of a page is the worst one of its checks.
OUTCOMES = ("violations", "incomplete", "passes", "inapplicable")

#: The site's own checks and the success criteria that each of them tests.
OWN = {
    "walk": ("2.1.1", "2.1.2", "2.4.1", "2.4.3", "2.4.7", "2.4.11"),
    "reflow": ("1.4.10",),
    "enlarged": ("1.4.4",),
    "markup": ("4.1.1",),
}
KNOWN = {criterion.number for criterion in (*JIS, *WCAG_2_1_AND_2_2)}
SCRIPT = "script:not([type='application/ld+json'])"
#: A criterion does not apply if no page has an element that matches the criterion's selector.
ABOUT = (
    dict.fromkeys(("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"), "audio, video, object, embed, iframe")
    | dict.fromkeys(("2.1.4", "2.5.4"), SCRIPT)
    | dict.fromkeys(("2.5.1", "2.5.2", "2.5.7"), f"{SCRIPT}, input[type=range], [draggable=true]")
    | {"2.2.1": f"{SCRIPT}, meta[http-equiv=refresh]"}
    | dict.fromkeys(("3.3.4", "3.3.7"), "form[method=post]")
    | {"3.3.8": "input[type=password]"}
)


def criterion(tag):
    """Return the number of the success criterion that a tag of axe names (wcag1410 → 1.4.10), or None."""
    digits = tag.removeprefix("wcag")
    return f"{digits[0]}.{digits[1]}.{digits[2:]}" if digits.isdigit() and len(digits) > 2 else None


def by_criterion(results):
    """Yield (criterion, rule, outcome) for each result of axe and each KNOWN criterion that its rule tests."""
    for outcome in OUTCOMES:
        for rule in results[outcome]:
            yield from ((number, rule["id"], outcome) for tag in rule["tags"] if (number := criterion(tag)) in KNOWN)


def check_page(window, path, checker):
    """Run all checks on a page and yield (criterion, check, outcome). Print the faults to standard error."""
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
    """Return {criterion: {"absent": bool, "checks": […], "pages": {outcome: number of pages}}}.

    `findings` are {path: {(criterion, check, outcome), …}}. `present` are the criteria whose selector in ABOUT matches
    an element of some page.
    """
    worst, checks = defaultdict(dict), defaultdict(set)
    for path, results in findings.items():
        for number, check, outcome in results:
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
        by_number = criteria(findings, present)
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
            "criteria": by_number,
        }
    violated = [number for number, result in by_number.items() if "violations" in result["pages"]]
    print(f"{len(findings)} pages; criteria violated: {', '.join(violated) or 'none'}.")
    if not named:
        RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

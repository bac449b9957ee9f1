"""axe-core: the rules of WCAG and of good practice that a program can check.

The browser itself evaluates its script for Playwright, so the page's Content-Security-Policy stays in force.
"""

from functools import cache

from tests.quality.installation import FOLDER

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: The rules whose result depends on the colour scheme.
OF_COLOUR = ("color-contrast", "link-in-text-block")
RUN = "options => axe.run(document, options)"


@cache
def script():
    return (FOLDER / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def judge(page, rules=()):
    """Return axe's results for the present state of a page, for all rules of TAGS or only for the given rules."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(script())
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(TAGS)}
    return page.evaluate(RUN, {"runOnly": only, "resultTypes": ["violations"]})


def violations(page, rules=()):
    """Return a line for each element that breaks a rule."""
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in judge(page, rules)["violations"]
        for node in rule["nodes"]
    ]

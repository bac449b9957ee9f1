"""axe-core: the rules of WCAG and of good practice that a machine can judge.

Its script is evaluated by the browser itself, so the site's policy for scripts stays in force.
"""

from functools import cache

from tests.quality.installation import FOLDER

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: The rules whose answer may change with the colours alone.
OF_COLOUR = ("color-contrast", "link-in-text-block")
RUN = "options => axe.run(document, options)"


@cache
def script():
    return (FOLDER / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def judge(page, rules=()):
    """Return axe's results for a page as it is now: under all TAGS, or under some rules alone."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(script())
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(TAGS)}
    return page.evaluate(RUN, {"runOnly": only, "resultTypes": ["violations"]})


def faults(page, rules=()):
    """Return one line for each element that breaks a rule."""
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in judge(page, rules)["violations"]
        for node in rule["nodes"]
    ]

"""`make lighthouse`: Lighthouse on one page of each view, in both languages.

It measures the site with Lighthouse's mobile defaults (a phone on a slow network, simulated), prints a table, writes
the whole reports to var/lighthouse/ and exits with 1 if a page misses a limit. Paths as arguments replace the pages:
make lighthouse ARGS="/ja/ /en/faq/". It needs npm and Chromium (or CHROME_PATH). Lighthouse and its Node come from npm.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile

import django

from tests.browser import FLAGS
from tests.live_site import ROOT, running
from tests.page_kinds import examples
from tests.quality.installation import browser
from tests.results import table

FOLDER = ROOT / "var" / "lighthouse"
NODE = f"node-{sys.platform}-{ {'x86_64': 'x64', 'aarch64': 'arm64'}.get(platform.machine(), platform.machine()) }"
PACKAGES = ("lighthouse@13.5.0", f"{NODE}@22.23.3")  # Lighthouse 13 needs Node 22
#: The most runs for a page. Other work on the machine can only add time, so the fastest run counts.
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: The types of resources that the first view needs. The icon is not one: browsers fetch it afterwards.
FIRST_VIEW = ("Document", "Stylesheet", "Font", "Image", "Script")
#: The limits of (a page, the home page): milliseconds to the largest contentful paint, the cumulative layout shift, and
#: the transferred bytes of the first view.
LIMITS = {"LCP": (1200, 1400), "CLS": (0, 0), "bytes": (30_000, 45_000)}
HEADS = ("page", *CATEGORIES, *LIMITS, "missed")


def install():
    """Install Lighthouse and its Node without running any install script, and return Lighthouse's command."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted, stamp, modules = " ".join(PACKAGES), FOLDER / "packages", FOLDER / "node_modules"
    if not stamp.exists() or stamp.read_text() != wanted:
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", FOLDER]
        subprocess.run([*command, *PACKAGES], check=True)
        stamp.write_text(wanted)
    return [modules / NODE / "bin" / "node", modules / "lighthouse" / "cli" / "index.js"]


def measure(lighthouse, site, path):
    """Return the report of a page: the fastest of up to TRIES runs. A run within the time limits is the last one."""
    reports, file = [], FOLDER / f"{path.strip('/').replace('/', '-')}.json"
    for _try in range(TRIES):
        report = run(lighthouse, site.url + path, file)
        if error := report.get("runtimeError"):
            print(f"{path}: {error['message']}", file=sys.stderr)
            continue
        reports.append(report)
        if not {"performance", "LCP"} & set(missed_scores(path, figures(report))):
            break
    if not reports:
        raise SystemExit(f"Lighthouse could not measure {path}.")
    best = min(reports, key=lambda report: (-figures(report)["performance"], figures(report)["LCP"]))
    file.write_text(json.dumps(best))
    return best


def run(lighthouse, url, file):
    """Run Lighthouse once and return its report. Its exit status is 0 in any case, so it is not checked."""
    chrome = os.environ.get("CHROME_PATH") or browser()
    if not chrome:
        raise SystemExit("No Chromium found: install it, or name it in CHROME_PATH.")
    file.unlink(missing_ok=True)
    flags = f"--chrome-flags={' '.join(('--headless=new', *FLAGS))}"
    command = [*lighthouse, url, "--quiet", "--output=json", f"--output-path={file}", flags]
    subprocess.run(command, env=os.environ | {"CHROME_PATH": chrome}, check=False)
    return json.loads(file.read_text()) if file.exists() else {"runtimeError": {"message": "no report"}}


def figures(report):
    """Return the figures of a report for the table: scores out of 100, milliseconds, layout shift, bytes."""
    audits, requests = report["audits"], report["audits"]["network-requests"]["details"]["items"]
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    return scores | {
        "LCP": round(audits["largest-contentful-paint"]["numericValue"]),
        "CLS": round(audits["cumulative-layout-shift"]["numericValue"], 4),
        "bytes": sum(item["transferSize"] for item in requests if item.get("resourceType") in FIRST_VIEW),
    }


def missed_scores(path, found):
    """Return the names of the figures that miss their limits."""
    is_home = path.count("/") == 2
    missed = [name for name in CATEGORIES if found[name] < 100]
    return missed + [name for name, limits in LIMITS.items() if found[name] > limits[is_home]]


def reasons(report):
    """Return the titles of the failed audits that count in a score."""
    parts = [part["id"] for name in CATEGORIES for part in report["categories"][name]["auditRefs"] if part["weight"]]
    audits = [report["audits"][part] for part in parts]
    return {audit["title"] for audit in audits if audit["score"] is not None and audit["score"] < 0.9}


def main():
    lighthouse, rows, missed = install(), [], []
    django.setup()
    with tempfile.TemporaryDirectory() as folder, running(folder) as site:
        for path in sys.argv[1:] or examples(site.paths).values():
            report = measure(lighthouse, site, path)
            measured = figures(report)
            wrong = missed_scores(path, measured)
            rows.append((path, *measured.values(), ", ".join(wrong) or "–"))
            print(*rows[-1], flush=True)
            if wrong:
                missed.append(f"{path}: {'; '.join(sorted(reasons(report))) or 'no audit fails, see the figures'}")
    print("", table(HEADS, rows, right=range(1, 8)), "", *missed, sep="\n")
    print(f"{len(rows) - len(missed)} of {len(rows)} pages keep every limit.")
    return int(bool(missed) or not rows)


if __name__ == "__main__":
    sys.exit(main())

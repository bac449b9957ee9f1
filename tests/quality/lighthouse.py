"""Lighthouse on every kind of page, as `make lighthouse` runs it: one address of each view, in both languages.

Starts the site with a database of its own and measures it as a phone on a slow
network sees it (Lighthouse's mobile defaults, simulated). Prints a table; exits 1 where a limit is missed. The
whole reports are in var/lighthouse/. Addresses given as arguments are measured instead: make lighthouse
ARGS="/ja/ /en/faq/". Needs npm and Chromium (or CHROME_PATH); Lighthouse and the Node it wants come from npm.
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
from tests.quality.installation import BROWSERS, on_path

FOLDER = ROOT / "var" / "lighthouse"

NODE = f"node-{sys.platform}-{ {'x86_64': 'x64', 'aarch64': 'arm64'}.get(platform.machine(), platform.machine()) }"
PACKAGES = ("lighthouse@13.5.0", f"{NODE}@22.23.3")  # Lighthouse 13 needs Node 22
CHROME_FLAGS = " ".join(("--headless=new", *FLAGS))
#: Other work on the machine only ever adds time, so a page may try again; its quickest run counts.
TRIES = 3
TIMES = {"performance", "LCP"}

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: What is needed to paint the first view; not the icon, which browsers fetch afterwards.
FIRST_VIEW = ("Document", "Stylesheet", "Font", "Image", "Script")
SLOWEST, SLOWEST_HOME = 1200, 1400  # milliseconds to the largest contentful paint
HEAVIEST, HEAVIEST_HOME = 30_000, 45_000  # bytes of the first view, as transferred


def install():
    """Get Lighthouse and its Node, without letting a package run anything."""
    wanted, stamp = " ".join(PACKAGES), FOLDER / "packages"
    if not stamp.exists() or stamp.read_text() != wanted:
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", FOLDER]
        subprocess.run([*command, *PACKAGES], check=True)
        stamp.write_text(wanted)
    modules = FOLDER / "node_modules"
    return [modules / NODE / "bin" / "node", modules / "lighthouse" / "cli" / "index.js"]


def measure(lighthouse, site, path):
    """Return Lighthouse's report of a page, the quickest of as many runs as it takes to keep the limits of time."""
    best, file = None, FOLDER / f"{path.strip('/').replace('/', '-')}.json"
    for _ in range(TRIES):
        report = run(lighthouse, site, path, file)
        if error := report.get("runtimeError"):
            print(f"{path}: {error['message']}", file=sys.stderr)
            continue
        if best is None or slowness(report) < slowness(best):
            best = report
        if not set(faults(path, figures(best))) & TIMES:
            break
    if best is None:
        raise SystemExit(f"Lighthouse could not measure {path}.")
    file.write_text(json.dumps(best))
    return best


def run(lighthouse, site, path, file):
    """Run Lighthouse once and return its report. Its exit status is 0 whatever it found, so nobody asks it."""
    chrome = os.environ.get("CHROME_PATH") or on_path(*BROWSERS)
    if not chrome:
        raise SystemExit("No Chromium found: install it, or name it in CHROME_PATH.")
    file.unlink(missing_ok=True)
    command = [*lighthouse, site.url + path, "--quiet", "--output=json", f"--output-path={file}"]
    subprocess.run([*command, f"--chrome-flags={CHROME_FLAGS}"], env=os.environ | {"CHROME_PATH": chrome}, check=False)
    return json.loads(file.read_text()) if file.exists() else {"runtimeError": {"message": "no report"}}


def figures(report):
    """Return what the table shows of a report: scores of 100, milliseconds, a layout shift, bytes."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    return scores | {
        "LCP": round(report["audits"]["largest-contentful-paint"]["numericValue"]),
        "CLS": round(report["audits"]["cumulative-layout-shift"]["numericValue"], 4),
        "bytes": sum(item["transferSize"] for item in requests if item.get("resourceType") in FIRST_VIEW),
    }


def slowness(report):
    """Return what orders reports of the same page: the score first, then the time."""
    return -figures(report)["performance"], figures(report)["LCP"]


def faults(path, found):
    """Return the names of the figures that miss their limits."""
    home = path.count("/") == 2
    limits = {
        "LCP": found["LCP"] <= (SLOWEST_HOME if home else SLOWEST),
        "CLS": found["CLS"] == 0,
        "bytes": found["bytes"] <= (HEAVIEST_HOME if home else HEAVIEST),
    }
    return [name for name in CATEGORIES if found[name] < 100] + [name for name, kept in limits.items() if not kept]


def reasons(report):
    """Return the audits that cost a score: those that count and are not passed."""
    audits = report["audits"]
    return {
        audits[part["id"]]["title"]
        for name in CATEGORIES
        for part in report["categories"][name]["auditRefs"]
        if part["weight"] and audits[part["id"]]["score"] is not None and audits[part["id"]]["score"] < 0.9
    }


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    lighthouse = install()
    django.setup()
    missed = {}
    with tempfile.TemporaryDirectory() as folder, running(folder) as site:
        paths = sys.argv[1:] or list(examples(site.paths).values())
        print("| page | performance | accessibility | best practices | SEO | LCP, s | CLS | first view, kB | missed |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)
        for path in paths:
            report = measure(lighthouse, site, path)
            found = figures(report)
            if wrong := faults(path, found):
                missed[path] = reasons(report)
            cells = [path, *(found[name] for name in CATEGORIES), f"{found['LCP'] / 1000:.2f}", f"{found['CLS']:g}"]
            cells += [f"{found['bytes'] / 1000:.1f}", ", ".join(wrong) or "–"]
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
    for path, audits in missed.items():
        print(f"\n{path}: {'; '.join(sorted(audits)) or 'no audit fails, see the figures'}")
    if not paths:
        raise SystemExit("No page was measured.")
    print(f"\n{len(paths) - len(missed)} of {len(paths)} pages keep every limit.")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()

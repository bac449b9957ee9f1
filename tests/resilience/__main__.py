"""Tries what the site must outlast, as `make trust` runs it; exits 1 where something was lost.

`make trust ARGS="load slow"` tries these parts alone, `--quick` all of it shortly. A whole run writes docs/trust.md.
"""

import argparse
import importlib
import re
import sys
import time

import django

from tests.bench import machine, report
from tests.live_site import ROOT
from tests.resilience.rows import Row

#: Modules of this package, each with a function run() that returns rows; and what makes each of them short.
PARTS = {
    "fuzz": {"examples": 500},
    "migrations": {"rounds": 1},
    "away": {"times": 1, "seconds": 5},
    "slow": {"seconds": 10},
    "kill": {"edits": 40, "kills": 6},
    "disk": {},
    "permissions": {},
    "load": {"minutes": 0.5},
}
HEADS = ("what was tried", "how often", "what was lost", "figures")
#: Of a long list of losses the beginning is enough.
LONGEST = 300
PAGE = ROOT / "docs" / "trust.md"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; all of them if none is named")
    parser.add_argument("--quick", action="store_true", help="shorter, to see whether all of it works")
    parser.add_argument("--minutes", type=float, help="how long the load goes on, instead of ten minutes")
    asked = parser.parse_args()
    if unknown := {*asked.parts} - {*PARTS}:
        parser.error(f"what is {' '.join(unknown)}?")
    described = machine.described()
    rows = []
    for part in asked.parts or PARTS:
        options = dict(PARTS[part]) if asked.quick else {}
        options |= {"minutes": asked.minutes} if asked.minutes and part == "load" else {}
        rows += tried(part, options)
    whole = not (asked.parts or asked.quick or asked.minutes)
    if whole:
        store(described, rows)
    return 0 if all(row.held for row in rows) else 1


def tried(part, options):
    """Run a part and say what became of it; a part that fails itself is a row too."""
    print(f"Trying: {part}", flush=True)
    began = time.monotonic()
    try:
        rows = [Row(*row) for row in importlib.import_module(f"tests.resilience.{part}").run(**options)]
    except Exception as error:  # the others are tried all the same
        rows = [Row(part, "–", f"it did not come to an end: {type(error).__name__}: {error}")]
    print(table(rows), f"({time.monotonic() - began:.0f} s)", "", sep="\n", flush=True)
    return rows


def table(rows):
    rows = [(row.tried, row.often, row.lost if row.held else f"**{row.lost}**", row.remark) for row in rows]
    lines = [HEADS, ["---"] * len(HEADS), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def cell(said):
    return " ".join(str(said).split())[:LONGEST].replace("|", "/")


def store(described, rows):
    """Write the table into the page of the documentation."""
    shown = f"{report.START}\n{described['at'][:10]}. {machine.line(described)}\n\n{table(rows)}\n{report.END}"
    text = re.sub(
        f"{report.START}.*{report.END}", lambda _found: shown, PAGE.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    sys.exit(main())

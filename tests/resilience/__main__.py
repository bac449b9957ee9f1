"""The trials that the site must survive (`make resilience`). The exit status is 1 if something was lost.

`make resilience ARGS="load kill"` runs only these parts, `--quick` runs all parts in a short form. A whole run writes
the table of docs/resilience.md.
"""

import argparse
import importlib
import sys
import time

import django

from tests import results
from tests.live_site import ROOT
from tests.quality.installation import provide_command
from tests.resilience import Row

#: The modules of this package with a function run(), each with the arguments of its short form.
PARTS = {
    "fuzz": {"examples": 300},
    "migrations": {"rounds": 1},
    "database_away": {"times": 1, "seconds": 5},
    "kill": {"edits": 40, "kills": 6},
    "load": {"minutes": 0.5},
}
HEADS = ("what was tried", "how often", "what was lost", "figures")
#: The most characters of a cell: the beginning of a long list of losses is enough.
LONGEST = 300


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; all of them if none is named")
    parser.add_argument("--quick", action="store_true", help="shorter, to see whether all of it works")
    parser.add_argument("--minutes", type=float, help="how long the load goes on, instead of ten minutes")
    arguments = parser.parse_args()
    if unknown := {*arguments.parts} - {*PARTS}:
        parser.error(f"unknown part: {', '.join(unknown)}")
    provide_command("wrk", "wrk", "to put load on the site", who="The trials")
    described = results.machine()
    rows = []
    for part in arguments.parts or PARTS:
        options = dict(PARTS[part]) if arguments.quick else {}
        options |= {"minutes": arguments.minutes} if arguments.minutes and part == "load" else {}
        rows += tried(part, options)
    if not (arguments.parts or arguments.quick or arguments.minutes):
        results.store(ROOT / "docs" / "resilience.md", f"{described}\n\n{shown(rows)}")
    return 0 if all(row.held for row in rows) else 1


def tried(part, options):
    """Run a part, print its Rows and return them. An exception in a part becomes a Row."""
    print(f"Trying: {part}", flush=True)
    began = time.monotonic()
    try:
        rows = importlib.import_module(f"tests.resilience.{part}").run(**options)
    except Exception as error:  # the other parts run all the same
        rows = [Row(part, "–", f"it did not come to an end: {type(error).__name__}: {error}")]
    print(shown(rows), f"({time.monotonic() - began:.0f} s)", "", sep="\n", flush=True)
    return rows


def shown(rows):
    cells = [(row.tried, row.often, row.lost if row.held else f"**{row.lost}**", row.remark) for row in rows]
    return results.table(HEADS, [[text[:LONGEST] for text in row] for row in cells])


if __name__ == "__main__":
    django.setup()
    sys.exit(main())

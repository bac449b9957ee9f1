"""Measures the search and the delivery of pages, as `make bench` runs it; exits 1 where a limit is missed.

`make bench ARGS="throughput memory"` measures these parts alone, `--quick` all of it shortly and roughly,
`--anyway` on a machine that is busy. `make bench ARGS="search --entries 1000"` hands the rest to the search.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.bench import run

SEARCH = Path(__file__).with_name("search.py")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"search, {', '.join(run.PARTS)}; all of them if none is named")
    parser.add_argument("--quick", action="store_true", help="shorter and rougher, to see whether all of it works")
    parser.add_argument("--anyway", action="store_true", help="measure although the machine is busy")
    asked, others = parser.parse_known_args()
    parts = asked.parts or ["search", *run.PARTS]
    if unknown := {*parts} - {"search", *run.PARTS} or (others and parts != ["search"]):
        parser.error(f"what is {' '.join(unknown or others)}?")
    kept = True
    if delivery := [part for part in run.PARTS if part in parts]:
        kept = run.measure(delivery, asked.quick, asked.anyway)
    if "search" in parts:
        kept &= subprocess.run([sys.executable, SEARCH, *others], check=False).returncode == 0
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

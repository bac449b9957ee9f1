"""The benchmarks of the site (`make bench`). The exit status is 1 if a figure misses its limit.

`make bench ARGS="throughput search"` runs only these parts, `--quick` runs all parts in a short and rough form,
`--anyway` runs on a busy machine. A whole run writes docs/performance.json and the table of docs/performance.md.
"""

import argparse
import importlib
import json
import os
import sys

from tests import results
from tests.bench import Limit
from tests.live_site import ROOT
from tests.quality.installation import provide_command

PARTS = ("throughput", "rendering", "search", "freshness", "process", "restart")
HEADS = ("what", "figure", "limit", "kept", "note")
#: The largest load average (of one minute) of the machine before a run.
QUIET = 0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; all of them if none is named")
    parser.add_argument("--quick", action="store_true", help="shorter and rougher, to see whether all of it works")
    parser.add_argument("--anyway", action="store_true", help="measure although the machine is busy")
    arguments = parser.parse_args()
    if unknown := {*arguments.parts} - {*PARTS}:
        parser.error(f"unknown part: {', '.join(unknown)}")
    if (load := os.getloadavg()[0]) > QUIET and not arguments.anyway:
        sys.exit(f"The machine is busy (load average {load:.2f}, more than {QUIET}): wait, or say --anyway.")
    provide_command("wrk", "wrk", "to ask for pages", who="The measurements")
    provide_command("nginx", "nginx-light", "as the proxy and the measure of files", who="The measurements")
    machine, limits, data = results.machine(), [], {}
    for part in arguments.parts or PARTS:
        print(f"Measuring: {part}", flush=True)
        part_limits, data[part] = importlib.import_module(f"tests.bench.{part}").run(arguments.quick)
        limits += part_limits
    whole = not (arguments.parts or arguments.quick)
    store(ROOT / "docs" if whole else ROOT / "var" / "bench", machine, limits, data)
    print(machine, shown(limits), sep="\n\n")
    return 0 if all(limit.kept for limit in limits) else 1


def shown(limits):
    return results.table(HEADS, [limit.cells for limit in limits], right={1, 2})


def store(folder, machine, limits, data):
    """Write performance.json into a folder, and the table into the folder's performance.md if it exists."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [Limit._asdict(limit) | {"kept": limit.kept} for limit in limits]
    text = json.dumps({"machine": machine, "limits": rows, "data": data}, ensure_ascii=False, indent=1)
    (folder / "performance.json").write_text(text + "\n", encoding="utf-8")
    if (page := folder / "performance.md").exists():
        results.store(page, f"{machine}\n\n{shown(limits)}")


if __name__ == "__main__":
    sys.exit(main())

"""The delivery's part of `make bench`: measures, prints the table, keeps the results."""

import tempfile

from tests.bench import load, machine, memory, musts, rendering, report, servers, start, throughput
from tests.live_site import ROOT

#: Where the documentation shows the results, and where those stay that are not of a whole run.
DOCS, ELSEWHERE = ROOT / "docs", ROOT / "var" / "bench"
PARTS = {
    "throughput": lambda folder, quick: throughput.measured(folder, quick),
    "rendering": lambda folder, quick: rendering.measured(folder, quick),
    "memory": lambda folder, _quick: memory.measured(folder),
    "start": lambda folder, quick: start.measured(folder, quick),
}


def measure(parts, quick, anyway):
    """Measure these of PARTS and return whether every limit is kept."""
    if "throughput" in parts:
        load.demand_wrk()
    machine.demand_quiet(anyway)
    results = {"machine": machine.described()}
    with tempfile.TemporaryDirectory() as folder:
        servers.prepared(folder)
        for part in parts:
            print(f"Measuring: {part}", flush=True)
            results[part] = PARTS[part](folder, quick)
    whole = set(parts) == set(PARTS) and not quick
    report.store(results, DOCS if whole else ELSEWHERE)
    print(report.written(results))
    missed = [must.what for must in musts.of(results) if not must.kept]
    print("\nEvery limit is kept." if not missed else f"\nMissed: {'; '.join(missed)}.")
    return not missed

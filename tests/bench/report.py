"""The results as a table, as JSON, and as the page of the documentation."""

import json
import re

from tests.bench import chart, machine, musts

HEADS = ("what", "figure", "limit", "kept", "note")
RIGHT = {1, 2}
#: Between these two the documentation holds the results.
START, END = "<!-- results -->", "<!-- end of results -->"
PICTURE = "![Curves of throughput and latency of the five servers](performance.svg)"


def table(heads, rows):
    rule = ["--:" if place in RIGHT else "---" for place in range(len(heads))]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (heads, rule, *rows))


def servers(found):
    """Return the table of servers: what each answers, and how fast."""
    answers = found["page"]["answers"]
    rows = [
        (name, f"{rate:,.0f}", said["bytes"], said["coding"], said["headers"], said["bytes of text"])
        for name, rate in found["throughput"]["rates"].items()
        for said in [answers[name]]
    ]
    return table(("server", "requests/s", "bytes", "coding", "headers", "bytes of text"), rows)


def written(results):
    """Return the whole report as Markdown."""
    parts = [machine.line(results["machine"]), table(HEADS, [must.cells for must in musts.of(results)])]
    if "throughput" in results:
        found = results["throughput"]
        parts += [f"The page is `{found['page']['path']}`.", servers(found)]
    return "\n\n".join(parts)


def store(results, folder):
    """Write performance.json and .svg into a folder, and the results into its performance.md where there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = [must._asdict() | {"kept": must.kept} for must in musts.of(results)]
    text = json.dumps(results | {"musts": kept}, ensure_ascii=False, indent=1)
    (folder / "performance.json").write_text(text + "\n")
    if "throughput" in results:
        (folder / "performance.svg").write_text(chart.drawn(results["throughput"]))
    if (page := folder / "performance.md").exists():
        shown = f"{START}\n{written(results)}\n\n{PICTURE}\n{END}"
        page.write_text(re.sub(f"{START}.*{END}", lambda _found: shown, page.read_text(), flags=re.DOTALL))

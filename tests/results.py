"""Tables of results in the documentation, and a description of the machine that measured them."""

import datetime
import os
import platform
import re
from pathlib import Path

import gunicorn

#: The comments in a page of the documentation before and after its results.
START, END = "<!-- results -->", "<!-- end of results -->"


def table(heads, rows, right=()):
    """Return a Markdown table. `right` are the indexes of the columns that are aligned to the right."""
    rule = ["--:" if place in right else "---" for place in range(len(heads))]
    cells = [[" ".join(str(cell).split()).replace("|", "/") for cell in row] for row in (heads, rule, *rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def store(page, results):
    """Replace the results in a page of the documentation. `page` is its Path."""
    shown = f"{START}\n{results}\n{END}"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(f"{START}.*{END}", lambda _found: shown, text, flags=re.DOTALL), encoding="utf-8")


def machine():
    """Return a line with the date, the hardware and the versions that a reader needs to judge figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [row for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")]
    processor = names[0].partition(":")[2].strip() if names else platform.machine()
    return (
        f"{datetime.date.today()}. {processor}, {len(os.sched_getaffinity(0))} cores, {memory:.1f} GB, "
        f"Linux {platform.release()}, Python {platform.python_version()}, gunicorn {gunicorn.__version__}; "
        f"load average before the run {os.getloadavg()[0]:.2f}"
    )

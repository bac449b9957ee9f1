"""Tables of results in the documentation, and the machine on which they were measured."""

import datetime
import os
import platform
import re
from pathlib import Path

import gunicorn

#: Between these two a page of the documentation holds the results.
START, END = "<!-- results -->", "<!-- end of results -->"


def table(heads, rows, right=()):
    """Return a table of Markdown; the columns with these indexes stand to the right."""
    rule = ["--:" if place in right else "---" for place in range(len(heads))]
    cells = [[" ".join(str(cell).split()).replace("|", "/") for cell in row] for row in (heads, rule, *rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def store(page, results):
    """Put the results into a page of the documentation in the place of older ones."""
    shown = f"{START}\n{results}\n{END}"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(f"{START}.*{END}", lambda _found: shown, text, flags=re.DOTALL), encoding="utf-8")


def machine():
    """Return the date and what a reader must know of the machine to judge figures, as a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [row for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")]
    processor = names[0].partition(":")[2].strip() if names else platform.machine()
    return (
        f"{datetime.date.today()}. {processor}, {len(os.sched_getaffinity(0))} cores, {memory:.1f} GB, "
        f"Linux {platform.release()}, Python {platform.python_version()}, gunicorn {gunicorn.__version__}; "
        f"load average before the run {os.getloadavg()[0]:.2f}"
    )

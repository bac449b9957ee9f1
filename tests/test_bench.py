"""Tests of the tables that `make bench` writes. The measurements themselves take minutes and are not tested."""

import json
import re

from tests import results
from tests.bench import Limit, rendering, throughput
from tests.bench.__main__ import store

SERVERS = ("as deployed", "nginx with files", "embedded", "hello-world", "rendered", "Wagtail")


def runs(*figures):
    """Return the measurements of two rounds; in the second one the machine is half as fast."""
    return {name: [figure, figure / 2] for name, figure in zip(SERVERS, figures, strict=True)}


AT_LIMIT = runs(8000, 10_000, 5000, 10_000, 500, 100)


def test_ratio_at_its_limit_is_kept_and_below_it_is_missed():
    assert [(limit.figure, limit.kept) for limit in throughput.limits(AT_LIMIT)] == [
        (0.8, True),
        (0.5, True),
        (10.0, True),
        (5.0, True),
    ]
    slower = runs(7990, 10_000, 599, 10_000, 60, 100)
    assert [limit.kept for limit in throughput.limits(slower)] == [False, False, False, True]


def test_limit_that_is_missed_is_named_in_the_table():
    assert Limit("start", 3.5, 3, unit="s").cells == ("start", "3.50 s", "≤ 3 s", "**no**", "")


def cost(queries, ms):
    return {"queries": queries, "ms": ms}


def test_page_with_more_queries_or_time_after_ten_years_is_found():
    pages = {
        "/ja/list/": {"new": cost([12, 5], 2.0), "ten-years": cost([13, 5], 5.0)},
        "/ja/page/": {"new": cost([20, 21], 4.0), "ten-years": cost([20, 21], 4.0)},
        "/ja/third/": {"new": cost([3, 3], 30.0), "ten-years": cost([3, 3], 30.0)},
    }
    queries, median, differing, growth = rendering.limits(pages)
    assert (queries.figure, queries.kept, queries.note.split(";")[0]) == (21, False, "/ja/page/")
    assert (median.figure, median.kept, median.note) == (4.0, True, "at most 30.0 ms, /ja/third/")
    assert (differing.figure, differing.kept, differing.note) == (1, False, "/ja/list/")
    assert (growth.figure, growth.kept, growth.note) == (2.5, False, "/ja/list/")


def test_results_take_their_place_in_the_documentation(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"Before\n{results.START}\nold\n{results.END}\nAfter\n")
    for _twice in range(2):
        store(tmp_path, "A machine, 2 cores", throughput.limits(AT_LIMIT), {"throughput": AT_LIMIT})
    text = page.read_text()
    assert text.startswith(f"Before\n{results.START}\nA machine, 2 cores\n")
    assert text.endswith(f"{results.END}\nAfter\n")
    assert "old" not in text
    assert len(re.findall(r"^\| embedded: stored page against hello-world", text, re.MULTILINE)) == 1
    kept = json.loads((tmp_path / "performance.json").read_text())
    assert [limit["kept"] for limit in kept["limits"]] == [True, True, True, True]

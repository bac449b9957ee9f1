"""What `make bench` makes of its measurements. Measuring itself takes minutes and is not tested."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from tests.bench import chart, load, musts, rendering, report


def throughput(**rates):
    """Return results of servers with these requests per second; each is as fast with few connections."""
    return {
        "page": {"path": "/ja/", "nginx": None, "answers": dict.fromkeys(rates, ANSWER)},
        "throughput": {
            "rates": rates,
            "by connections": {name: [(1, rate), (16, rate)] for name, rate in rates.items()},
        },
        "latency": {
            "rate": rates["stored"] / 2,
            "p99": {"stored": 3.0, "hello-world": 2.0},
            "by rate": {
                name: [{"rate": share * rate, "p99": 2.0, "requests": 100} for share in (0.5, 0.9)]
                for name, rate in rates.items()
            },
        },
    }


ANSWER = {"bytes": 9, "coding": "gzip", "headers": 3, "bytes of text": 9}
RATES = {"stored": 9000.0, "rendered": 200.0, "hello-world": 10_000.0, "Wagtail": 100.0, "nginx": 30_000.0}


def test_ratio_at_its_limit_is_kept_and_below_it_is_missed():
    assert [(must.figure, must.kept) for must in musts.speed(throughput(**RATES))] == [
        (0.9, True),
        (45.0, True),
        (90.0, True),
        (2.0, True),
        (1.5, True),
    ]
    slower = RATES | {"stored": 8990.0, "rendered": 149.0}
    assert [must.kept for must in musts.speed(throughput(**slower))] == [False, True, True, False, True]


def test_limit_that_is_missed_is_named_in_the_table():
    must = musts.Must("start", 3.5, 3, unit="s")
    assert must.cells == ("start", "3.50 s", "≤ 3 s", "**no**", "")


def cost(queries, ms, first, first_ms):
    return {"queries": queries, "ms": ms, "first": first, "first ms": first_ms}


def test_page_with_more_queries_or_time_for_more_pieces_is_found():
    pages = {
        "list": {"path": "/ja/list/", "30": cost(5, 2.0, 12, 9.0), "300": cost(6, 5.0, 12, 9.0)},
        "page": {"path": "/ja/page/", "30": cost(7, 4.0, 20, 8.0), "300": cost(7, 4.0, 20, 10.0)},
        "page 2": {"path": "/ja/list/?page=2", "30": None, "300": cost(5, 4.0, 5, 4.0)},
    }
    assert rendering.summary({"numbers": [30, 300], "pages": pages}) == {
        "most queries": 7,
        "most queries on": "/ja/page/",
        "most at first": 20,
        "most at first on": "/ja/page/",
        "differing": {"/ja/list/": [5, 6]},
        "growth": 2.5,
        "growth on": "/ja/list/",
        "growth at first": 1.25,
        "growth at first on": "/ja/page/",
    }


def test_chart_names_every_server_with_its_figure_and_no_label_covers_another():
    svg = ElementTree.fromstring(chart.drawn(throughput(**RATES)))  # noqa: S314  (our own)
    space = "{http://www.w3.org/2000/svg}"
    assert "stored 9,000 requests per second" in svg.find(f"{space}desc").text
    labels = [one for one in svg.iter(f"{space}text") if one.text in RATES]
    assert len(labels) == 2 * len(RATES)
    heights = sorted(float(one.get("y")) for one in labels)
    assert all(lower - upper >= chart.LINE for upper, lower in itertools.pairwise(heights))


def test_results_take_their_place_in_the_documentation(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"Before\n{report.START}\nold\n{report.END}\nAfter\n")
    machine = {"processor": "P", "cores": 2, "memory GB": 4, "kernel": "6", "python": "3.13", "gunicorn": "27"}
    machine |= {"settings": {"workers": 2}, "load before": 0.1}
    for _twice in range(2):
        report.store({"machine": machine, "throughput": throughput(**RATES)}, tmp_path)
    text = page.read_text()
    assert text.startswith(f"Before\n{report.START}\nP, 2 cores")
    assert text.endswith(f"{report.END}\nAfter\n")
    assert "old" not in text
    assert len(re.findall(r"^\| stored page against hello-world", text, re.MULTILINE)) == 1


@pytest.mark.parametrize(("rate", "connections"), [(10, load.FEWEST), (1000, 30), (1_000_000, load.MOST)])
def test_rate_is_shared_by_as_many_connections_as_its_pauses_want(monkeypatch, rate, connections):
    asked = {}
    monkeypatch.setattr(load, "ask", lambda url, seconds, number, thinking: asked.update(n=number, pause=thinking))
    load.paced("http://127.0.0.1/", rate, 1)
    assert asked == {"n": connections, "pause": pytest.approx(1000 * connections / rate)}


def test_further_pages_that_are_measured_have_names_of_their_own():
    assert set(rendering.BESIDES) & set(kinds.BESIDES) == set()

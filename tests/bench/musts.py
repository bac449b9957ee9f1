"""The limits, and whether a run keeps them."""

import operator
from typing import NamedTuple

from tests.bench import rendering
from tests.bench.throughput import HELLO, RENDERED, STORED, WAGTAIL


class Must(NamedTuple):
    """A figure and its limit. `note` says what the figure alone does not."""

    what: str
    figure: float
    limit: float
    least: bool = False
    note: str = ""
    unit: str = ""

    @property
    def kept(self):
        return (operator.ge if self.least else operator.le)(self.figure, self.limit)

    @property
    def cells(self):
        sign = "≥" if self.least else "≤"
        unit = f" {self.unit}" if self.unit else ""
        figure = f"{self.figure:,.2f}" if isinstance(self.figure, float) else str(self.figure)
        kept = "yes" if self.kept else "**no**"
        return (self.what, f"{figure}{unit}", f"{sign} {self.limit:g}{unit}", kept, self.note)


def of(results):
    """Return the Musts of the parts that were measured."""
    kinds = {"throughput": speed, "rendering": pages, "memory": memory, "start": start}
    return [must for part, made in kinds.items() if part in results for must in made(results[part])]


def speed(found):
    rates, p99 = found["throughput"]["rates"], found["latency"]["p99"]
    yield ratio("stored page against hello-world of as many bytes", rates, STORED, HELLO, 0.90)
    yield ratio("stored page against the same page rendered", rates, STORED, RENDERED, 15)
    yield ratio("stored page against Wagtail's", rates, STORED, WAGTAIL, 60)
    yield ratio("rendered page against Wagtail's", rates, RENDERED, WAGTAIL, 1.5)
    note = f"{p99[STORED]:.2f} ms, {p99[HELLO]:.2f} ms"
    rate = found["latency"]["rate"]
    what = f"p99 of the stored page against hello-world's, both at {rate:,.0f} requests/s (half of what is possible)"
    yield Must(what, p99[STORED] / p99[HELLO], 3, note=note)


def ratio(what, rates, one, other, limit):
    return Must(what, rates[one] / rates[other], limit, least=True, note=f"{rates[one]:,.0f}/s, {rates[other]:,.0f}/s")


def pages(found):
    few, many = found["numbers"]
    most = rendering.summary(found)
    note = f"{most['most queries on']}; where nothing is kept {most['most at first']}, {most['most at first on']}"
    yield Must("queries of a page, at most", most["most queries"], 10, note=note)
    differing = ", ".join(f"{path} ({one}, {other})" for path, (one, other) in list(most["differing"].items())[:5])
    what = f"pages whose queries differ between {few} and {many:,} interviews and questions"
    yield Must(what, len(most["differing"]), 0, note=differing)
    what = f"rendering time with {many:,} against {few}, at most"
    note = f"{most['growth on']}; where nothing is kept {most['growth at first']}, {most['growth at first on']}"
    yield Must(what, most["growth"], 1.5, note=note)


def memory(found):
    note = f"PSS {found['PSS']} MB, USS {found['USS']} MB, after {found['pages']} pages"
    yield Must("memory of a worker that answered for every page (RSS)", found["RSS"], 150, note=note, unit="MB")


def start(found):
    yield Must("start to the first answered request", found["median"], 3, unit="s")

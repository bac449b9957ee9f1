"""Benchmarks of the speed that the site promises, measured in one run on one machine (`make bench`).

Each module in PARTS of __main__.py has a function run(quick) that returns (Limits, the data behind them).
"""

import operator
from typing import NamedTuple


class Limit(NamedTuple):
    """A measured figure and its limit: the largest value it may have or, with `least`, the smallest.

    `note` is the remark of the table's row.
    """

    what: str
    figure: float
    limit: float
    least: bool = False
    unit: str = ""
    note: str = ""

    @property
    def kept(self):
        return (operator.ge if self.least else operator.le)(self.figure, self.limit)

    @property
    def cells(self):
        sign, unit = "≥" if self.least else "≤", f" {self.unit}" if self.unit else ""
        figure = f"{self.figure:,.2f}" if isinstance(self.figure, float) else f"{self.figure:,}"
        kept = "yes" if self.kept else "**no**"
        return (self.what, f"{figure}{unit}", f"{sign} {self.limit:g}{unit}", kept, self.note)

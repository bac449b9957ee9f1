"""The bench: what the site promises of its speed, measured in one run on one machine. `make bench` runs it.

Each module that __main__.py names has a function run(quick), which returns (Limits as measured, data behind them).
"""

import operator
from typing import NamedTuple


class Limit(NamedTuple):
    """A figure and its limit, the most or (`least`) the least that it may be; `note` says what the figure does not."""

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

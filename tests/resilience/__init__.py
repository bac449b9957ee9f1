"""Resilience trials: attacks, load and outages that take too long for `make test`. `make resilience` runs them.

Each module in PARTS of __main__.py has a function run() that returns Rows of one table.
"""

from typing import NamedTuple

NOTHING = "nothing"


class Row(NamedTuple):
    """A result of a trial: what was tried, how often, what was lost (NOTHING if nothing), and figures as a remark.

    `lost` is "" where the row only states a fact, such as a trial that could not run.
    """

    tried: str
    often: str
    lost: str
    remark: str = ""

    @property
    def held(self):
        return self.lost in ("", NOTHING)


def lost(number, what):
    """Return NOTHING for 0, else the number of `what`, such as "3 requests"."""
    return f"{number:,} {what}" if number else NOTHING

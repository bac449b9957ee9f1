"""Resilience: attacks, loads and outages that take too long for `make test`. `make resilience` runs them.

Each module that __main__.py names has a function run() that returns rows of one table.
"""

from typing import NamedTuple

NOTHING = "nothing"


class Row(NamedTuple):
    """What was tried, how often, and what was lost: "nothing", or what it was; a remark holds the figures.

    `lost` is empty where something is stated only, and nothing is promised.
    """

    tried: str
    often: str
    lost: str
    remark: str = ""

    @property
    def held(self):
        return self.lost in ("", NOTHING)


def lost(number, what):
    """Return "nothing" for none, else how many of what."""
    return f"{number:,} {what}" if number else NOTHING

"""Bars over columns, for charts that are tables: a bar is a cell, its length a colspan (wide) or a rowspan (tall)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bar:
    """What lasts from a first to a last column. `fill` names its look, `faded` an unknown start.

    ValueError where it would end before it starts: no table has room for that.
    """

    piece: object
    first: int
    last: int
    fill: str = ""
    faded: bool = False

    def __post_init__(self):
        if self.last < self.first:
            raise ValueError(f"{self.piece} would end in column {self.last}, before it starts in {self.first}")


@dataclass(frozen=True)
class Cell:
    """A bar, or one column of ground."""

    first: int
    bar: Bar | None = None

    @property
    def size(self):
        return self.bar.last - self.bar.first + 1 if self.bar else 1


@dataclass
class SpanChart:
    """Moments on an axis, each opening a column, with bars in tracks on both sides of it, nearest track first."""

    moments: list
    above: list[list[Cell]]
    below: list[list[Cell]] = field(default_factory=list)

    @property
    def outermost_first(self):
        """The tracks above the axis as they stand from the top of the page."""
        return self.above[::-1]

    @property
    def columns(self):
        """For the tall form: (moment, cells of the tracks above, cells of those below) that start at each moment."""
        return [
            (moment, *([cell for track in side for cell in track if cell.first == column] for side in self.sides))
            for column, moment in enumerate(self.moments)
        ]

    @property
    def sides(self):
        return self.above, self.below


def span_chart(moments, above, below=()):
    """Return a SpanChart of two lists of bars. Columns are numbered from 0; each moment opens one."""
    return SpanChart(list(moments), tracks(above, len(moments)), tracks(below, len(moments)))


def tracks(bars, columns):
    """Lay bars out in as few tracks as they need, so that none covers another; each track as cells."""
    laid = []
    for bar in sorted(bars, key=lambda bar: bar.first):
        track = next((track for track in laid if track[-1].last < bar.first), None)
        if track is None:
            laid.append([bar])
        else:
            track.append(bar)
    return [cells(track, columns) for track in laid]


def cells(track, columns):
    starts = {bar.first: bar for bar in track}
    found, column = [], 0
    while column < columns:
        cell = Cell(column, starts.get(column))
        found.append(cell)
        column += cell.size
    return found

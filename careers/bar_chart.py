"""Charts of bars that are HTML tables: a bar is a cell, its length a colspan (wide form) or a rowspan (tall form)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bar:
    """A piece of content that lasts from the column `first` to the column `last`.

    `fill` is the value of the cell's data-fill attribute; `faded` says that the start is not known. A bar that ends
    before it starts raises ValueError, because a cell cannot span fewer than one column.
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
    """A cell of a track: a bar, or one empty column."""

    first: int
    bar: Bar | None = None

    @property
    def size(self):
        return self.bar.last - self.bar.first + 1 if self.bar else 1


@dataclass
class BarChart:
    """A chart whose axis has one column for each moment, with tracks of bars above and below the axis.

    A track is a list of cells without overlap. The track nearest to the axis comes first.
    """

    moments: list
    above: list[list[Cell]]
    below: list[list[Cell]] = field(default_factory=list)

    @property
    def outermost_first(self):
        """The tracks above the axis in the order of the page, from the top down."""
        return self.above[::-1]

    @property
    def columns(self):
        """The rows of the tall form: [(moment, cells above, cells below), …]. The cells start at the moment."""
        return [
            (moment, *([cell for track in side for cell in track if cell.first == column] for side in self.sides))
            for column, moment in enumerate(self.moments)
        ]

    @property
    def sides(self):
        return self.above, self.below


def bar_chart(moments, above, below=()):
    """Return a BarChart of two lists of bars. Columns are numbered from 0; each moment starts a column."""
    return BarChart(list(moments), tracks(above, len(moments)), tracks(below, len(moments)))


def tracks(bars, columns):
    """Return the bars as tracks of cells: as few tracks as possible without bars that cover one another."""
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
    row, column = [], 0
    while column < columns:
        cell = Cell(column, starts.get(column))
        row.append(cell)
        column += cell.size
    return row

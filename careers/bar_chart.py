"""Charts of bars that are HTML tables: a bar is a cell, its length a colspan (wide form) or a rowspan (tall form)."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Bar:
    """A piece of content that lasts from the column `first` to the column `last`.

    `fill`, `start` and `end` are the values of the cell's data attributes: how the bar is filled, and what is known of
    its ends ("known", "unknown", "open"). A bar that ends before it starts raises ValueError, because a cell cannot
    span fewer than one column.
    """

    piece: object
    first: int
    last: int
    fill: str = ""
    start: str = "known"
    end: str = "known"

    def __post_init__(self):
        if self.last < self.first:
            raise ValueError(f"{self.piece} would end in column {self.last}, before it starts in {self.first}")


@dataclass(frozen=True)
class Cell:
    """A cell of a track: bars over the same columns (in the wide form only one), or an empty column."""

    first: int
    bars: tuple[Bar, ...] = ()

    @property
    def size(self):
        return self.bars[0].last - self.first + 1 if self.bars else 1


@dataclass
class BarChart:
    """A chart whose axis has one column for each moment, with tracks of bars above and below the axis.

    A track is a list of cells without overlap; the track nearest to the axis comes first. `above` and `below` are the
    tracks of the wide form, `left` and `right` those of the tall form.
    """

    moments: list
    above: list[list[Cell]]
    below: list[list[Cell]]
    left: list[list[Cell]] = field(default_factory=list)
    right: list[list[Cell]] = field(default_factory=list)

    @property
    def outermost_first(self):
        """The tracks above the axis in the order of the page, from the top down."""
        return self.above[::-1]

    @property
    def columns(self):
        """The rows of the tall form: [(moment, cells left, cells right), …]. The cells start at the moment."""
        return [
            (moment, *([cell for track in side for cell in track if cell.first == column] for side in self.sides))
            for column, moment in enumerate(self.moments)
        ]

    @property
    def sides(self):
        return self.left, self.right

    @property
    def nearest(self):
        """The rows of a small tall form, with the nearest track on each side: [(cell or None, cell or None), …]."""
        columns = range(len(self.moments))
        sides = [side[0] if side else cells([], len(columns)) for side in (self.above, self.below)]
        starts = [{cell.first: cell for cell in track} for track in sides]
        return [tuple(start.get(column) for start in starts) for column in columns]


def bar_chart(moments, above, below=()):
    """Return a BarChart of two lists of bars. Columns are numbered from 0; each moment starts a column."""
    moments = list(moments)
    end = len(moments) - 1
    wide = (tracks([(reaching(bar, end),) for bar in side], len(moments)) for side in (above, below))
    tall = (tracks(together(side), len(moments)) for side in (above, below))
    return BarChart(moments, *wide, *tall)


def reaching(bar, end):
    """Return the bar, up to the last column of the wide form if its end is open."""
    return replace(bar, last=end) if bar.end == "open" else bar


def together(bars):
    """Return the bars in groups of those over the same columns, in the order of the first of each group."""
    groups = {}
    for bar in bars:
        groups.setdefault((bar.first, bar.last), []).append(bar)
    return [tuple(group) for group in groups.values()]


def tracks(groups, columns):
    """Return groups of bars as tracks of cells: as few tracks as possible without groups that cover one another."""
    laid = []
    for group in sorted(groups, key=lambda group: group[0].first):
        track = next((track for track in laid if track[-1][0].last < group[0].first), None)
        if track is None:
            laid.append([group])
        else:
            track.append(group)
    return [cells(track, columns) for track in laid]


def cells(track, columns):
    starts = {group[0].first: group for group in track}
    row, column = [], 0
    while column < columns:
        cell = Cell(column, starts.get(column, ()))
        row.append(cell)
        column += cell.size
    return row

"""The overview of the training: each programme with a bar on the axis of years since joining the ministry."""

from dataclasses import dataclass

#: The most years that the axis names each; on a longer axis it names every fifth year.
NAMED_YEARS = 12


@dataclass(frozen=True)
class TrainingRow:
    """A programme and its bar: `x` and `width` are shares of the axis in per cent, None without a stated year."""

    programme: object
    x: str | None = None
    width: str | None = None


@dataclass(frozen=True)
class TrainingChart:
    """The rows, the named years as (year, x of the middle of its column), and the x of the borders of the columns."""

    rows: list[TrainingRow]
    years: list[tuple[int, str]]
    borders: list[str]


def training_chart(programmes):
    """Return the TrainingChart of the programmes, or None where none of them has a year.

    The first year is 1, and the axis ends with the last year of training.
    """
    last = max((programme.to_year or programme.from_year or 0 for programme in programmes), default=0)
    if not last:
        return None
    step = 1 if last <= NAMED_YEARS else 5
    years = [(year, percent(year - 0.5, last)) for year in range(1, last + 1) if year == 1 or year % step == 0]
    borders = [percent(year, last) for year in range(0, last + 1, step)]
    return TrainingChart([training_row(programme, last) for programme in programmes], years, borders)


def training_row(programme, last):
    first = programme.from_year
    if not first:
        return TrainingRow(programme)
    years = (programme.to_year or first) - first + 1
    return TrainingRow(programme, percent(first - 1, last), percent(years, last))


def percent(years, last):
    return f"{100 * years / last:.2f}%"

"""The chart of the training programmes on the axis of years since joining the ministry."""

from careers.bar_chart import Bar, bar_chart

#: The most years that the axis names each; on a longer axis it names every fifth year.
NAMED_YEARS = 12


def training_chart(programmes):
    """Return the BarChart of the programmes that have a year, or None where no programme has one.

    The first year is 1. The axis ends one year after the last training. A year that the axis does not name is None.
    """
    dated = [programme for programme in programmes if programme.from_year]
    if not dated:
        return None
    bars = [
        Bar(programme, programme.from_year - 1, (programme.to_year or programme.from_year) - 1, "hours")
        for programme in dated
    ]
    years = range(1, max(bar.last for bar in bars) + 3)
    step = 1 if len(years) <= NAMED_YEARS else 5
    return bar_chart([year if year == 1 or year % step == 0 else None for year in years], bars)

"""The years of training, counted from joining the ministry."""

from careers.spans import Bar, span_chart

#: More years than these, and only every fifth is named.
NAMED_YEARS = 12


def training_chart(programmes):
    """Return the SpanChart of the trainings whose year the documents give, or None where they give none.

    The first year is 1. One year more than the last training stays open; a year without a name is None.
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
    return span_chart([year if year == 1 or year % step == 0 else None for year in years], bars)

"""Working days on one clock."""

from datetime import time


def clock(days):
    """Return [(hour, [entries of each day that start in it]), …] over the hours in which anything starts."""
    starts = [entry.starts_at.hour for day in days for entry in day.entries.all() if entry.starts_at]
    if not starts:
        return []
    return [
        (
            time(hour),
            [
                [entry for entry in day.entries.all() if entry.starts_at and entry.starts_at.hour == hour]
                for day in days
            ],
        )
        for hour in range(min(starts), max(starts) + 1)
    ]

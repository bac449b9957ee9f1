"""Working days on one clock."""

from datetime import time


def clock(days):
    """Return [(hour, [(day, its entries that start in this hour), …]), …] over the hours of these days."""
    starts = [entry.starts_at.hour for day in days for entry in day.entries.all() if entry.starts_at]
    if not starts:
        return []
    return [(time(hour), [(day, in_hour(day, hour)) for day in days]) for hour in range(min(starts), max(starts) + 1)]


def in_hour(day, hour):
    return [entry for entry in day.entries.all() if entry.starts_at and entry.starts_at.hour == hour]

"""The last change that readers saw."""


def last_change(*rows):
    """Return the last moment, to the second, at which any of these live rows changed or was published, or None.

    A part has no such moment: its piece is saved with it.
    """
    moments = [getattr(row, name, None) for row in rows for name in ("updated_at", "publish_from")]
    newest = max(filter(None, moments), default=None)
    return newest and newest.replace(microsecond=0)

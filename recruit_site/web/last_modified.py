"""When readers last saw something change."""


def last_change(*rows):
    """Return the last moment at which any of these live rows changed or came out, to the second; None for none.

    A part has no moment of its own: it is saved with its piece.
    """
    moments = [getattr(row, name, None) for row in rows for name in ("updated_at", "publish_from")]
    newest = max(filter(None, moments), default=None)
    return newest and newest.replace(microsecond=0)

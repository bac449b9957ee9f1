"""When readers last saw something change."""


def last_change(*pieces):
    """Return the last moment at which any of these live pieces or its picture changed or came out, to the second.

    None where there is none. A part has no moment of its own: it is saved with its piece. A picture counts where
    it was fetched with the piece: where it is shown.
    """
    pictures = [picture for piece in pieces if (picture := piece._state.fields_cache.get("picture"))]
    moments = [row.updated_at for row in (*pieces, *pictures)] + [piece.publish_from for piece in pieces]
    newest = max(filter(None, moments), default=None)
    return newest and newest.replace(microsecond=0)

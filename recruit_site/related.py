"""What belongs together, found by the subjects that pieces share."""

from collections import Counter


def related(piece, *names, most=3):
    """Return the live pieces that share a subject with `piece`, those with the most shared subjects first.

    `names` are the kinds of pieces to look for, by their name on Subject ("questions", "interviews").
    `piece` must have been fetched with_published("subjects__<name>") for each.
    """
    shared = Counter(
        other
        for subject in piece.subjects.all()
        for name in names
        for other in getattr(subject, name).all()
        if other != piece
    )
    return [other for other, _times in sorted(shared.items(), key=lambda item: (-item[1], item[0].order))][:most]

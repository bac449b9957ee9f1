"""Related pieces of content, which share a subject."""

from heapq import nsmallest
from typing import NamedTuple

from django.db.models import Count, prefetch_related_objects

from recruit_site.content.models import Subject


class RelatedCandidate(NamedTuple):
    """The fields of a piece that decide whether it is related to another piece."""

    kind: type
    key: int
    order: int
    subjects: set


def related(piece, *names, most=3):
    """Return at most `most` published pieces that share a subject with `piece`, most shared subjects first.

    `names` are the related names on Subject of the models to search ("questions", "interviews"). Each takes one query.
    """
    candidates = []
    for name in names:
        kind = model_of(name)
        others = kind.objects.published().filter(subjects__in=piece.subjects.all())
        if isinstance(piece, kind):
            others = others.exclude(pk=piece.pk)
        candidates += others.annotate(shared=Count("subjects")).order_by("-shared", "order", "pk")[:most]
    return sorted(candidates, key=lambda other: (-other.shared, other.order))[:most]


def related_of_each(pieces, *names, most=3):
    """Return {primary key: the result of related()} for several pieces of one model.

    It takes one query for the subjects of the pieces and two for each of the names, whatever the number of pieces.
    """
    pieces = list(pieces)
    prefetch_related_objects(pieces, "subjects")
    kinds = [model_of(name) for name in names] if pieces else []
    others = [other for kind in kinds for other in read_candidates(kind)]
    best = {piece.pk: most_related(piece, others, most) for piece in pieces}
    chosen = {(other.kind, other.key) for found in best.values() for other in found}
    rows = {kind: kind.objects.published().in_bulk([key for its, key in chosen if its is kind]) for kind in kinds}
    return {key: [rows[other.kind][other.key] for other in found] for key, found in best.items()}


def read_candidates(kind):
    """Return the published pieces of a model that have a subject, as Others."""
    links = kind.objects.published().filter(subjects__isnull=False).order_by("pk")
    others = {}
    for key, order, subject in links.values_list("pk", "order", "subjects"):
        others.setdefault(key, RelatedCandidate(kind, key, order, set())).subjects.add(subject)
    return others.values()


def most_related(piece, others, most):
    """Return the `most` Others that share the most subjects with a piece, never the piece itself."""
    own = {subject.pk for subject in piece.subjects.all()}
    itself = (type(piece), piece.pk)
    shared = [other for other in others if own & other.subjects and (other.kind, other.key) != itself]
    return nsmallest(most, shared, key=lambda other: (-len(own & other.subjects), other.order))


def model_of(name):
    """Return the model behind a related name on Subject."""
    return Subject._meta.get_field(name).related_model

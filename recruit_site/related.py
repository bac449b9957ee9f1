"""What belongs together, found by the subjects that pieces share."""

from collections import Counter

from django.db.models import Count, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from recruit_site.models import Subject


def related(piece, *names, most=3):
    """Return the live pieces that share a subject with `piece`, those with the most shared subjects first.

    `names` are the kinds of pieces to look for, by their name on Subject ("questions", "interviews"); each is one
    query.
    """
    subjects = piece.subjects.through.objects.filter(**{piece._meta.model_name: piece.pk}).values("subject")
    found = []
    for name in names:
        kind = Subject._meta.get_field(name).related_model
        links, key = kind.subjects.through.objects.filter(subject__in=subjects), kind._meta.model_name
        number = links.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(number=Count("pk"))
        others = kind.objects.published().filter(pk__in=links.values(key))
        if isinstance(piece, kind):
            others = others.exclude(pk=piece.pk)
        found += others.annotate(shared=Subquery(number.values("number"))).order_by("-shared", "order")[:most]
    return sorted(found, key=lambda other: (-other.shared, other.order))[:most]


def related_of_each(pieces, *names, most=3):
    """Return related() of each of some pieces of one kind, by their keys: two queries for each of the names."""
    pieces = list(pieces)
    found = {piece.pk: Counter() for piece in pieces}
    for name in names if pieces else ():
        links, key = pieces[0].subjects.through.objects, pieces[0]._meta.model_name
        kind, other = Subject._meta.get_field(name).related_model, f"subject__{name}"
        shared = (
            links.filter(**{f"{key}__in": list(found), f"{other}__in": kind.objects.published()})
            .values_list(key, other)
            .annotate(number=Count("pk"))
            .annotate(place=Window(RowNumber(), key, [F("number").desc(), F(f"{other}__order")]))
            .filter(place__lte=most)
        )
        pairs = [row[:3] for row in shared]
        rows = kind.objects.in_bulk({other for _piece, other, _number in pairs})
        for piece, other, number in pairs:
            found[piece][rows[other]] = number
    return {
        key: [other for other, _number in sorted(others.items(), key=lambda pair: (-pair[1], pair[0].order))][:most]
        for key, others in found.items()
    }

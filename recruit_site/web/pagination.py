"""Pages of long lists, and the neighbours of a piece in its list."""

from typing import NamedTuple

from django.core.paginator import Paginator

#: The number of entries on one page of a list.
ON_A_PAGE = 30


def page_of(request, rows, on_a_page=ON_A_PAGE):
    """Return the Page of a queryset or list that ?page= asks for; for an invalid number, the first or last page."""
    return Paginator(rows, on_a_page).get_page(request.GET.get("page"))


class Neighbours(NamedTuple):
    """The neighbours of a piece, None at the ends of its list."""

    previous: object
    next: object


def neighbours_of(siblings, piece):
    """Return the Neighbours of a piece in the queryset of its siblings, in their order."""
    keys = list(siblings.values_list("pk", flat=True))
    if piece.pk not in keys:
        return Neighbours(None, None)
    at = keys.index(piece.pk)
    around = keys[at - 1 : at] + keys[at + 1 : at + 2]
    pieces = siblings.in_bulk(around)
    return Neighbours(pieces[keys[at - 1]] if at else None, pieces[keys[at + 1]] if at + 1 < len(keys) else None)

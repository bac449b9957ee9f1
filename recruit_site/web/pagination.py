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
    """Return the Neighbours of a piece in the queryset of its siblings, in their order.

    One query reads the keys of the whole list, which sorts faster than SQL finds a row's neighbours; one reads the two.
    """
    keys = [None, *siblings.values_list("pk", flat=True), None]
    if piece.pk not in keys:  # a draft in a preview
        return Neighbours(None, None)
    at = keys.index(piece.pk)
    beside = siblings.in_bulk({keys[at - 1], keys[at + 1]} - {None})
    return Neighbours(beside.get(keys[at - 1]), beside.get(keys[at + 1]))

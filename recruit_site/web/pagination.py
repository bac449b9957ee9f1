"""Long lists: one page of them, and the neighbours of a piece."""

from typing import NamedTuple

from django.core.paginator import Paginator

#: How many entries stand on one page of a list.
ON_A_PAGE = 30


def page_of(request, rows, on_a_page=ON_A_PAGE):
    """Return the Page of a queryset, or of a list, that ?page= asks for, the nearest one for what is none."""
    return Paginator(rows, on_a_page).get_page(request.GET.get("page"))


class Walk(NamedTuple):
    """The neighbours of a piece, None at the ends of its list, and the list's query."""

    previous: object
    next: object
    query: str


def walk_through(siblings, piece, query):
    """Return the Walk from a piece through the list of its siblings, in their order."""
    keys = list(siblings.values_list("pk", flat=True))
    if piece.pk not in keys:
        return Walk(None, None, query)
    at = keys.index(piece.pk)
    around = keys[at - 1 : at] + keys[at + 1 : at + 2]
    found = siblings.in_bulk(around)
    return Walk(found[keys[at - 1]] if at else None, found[keys[at + 1]] if at + 1 < len(keys) else None, query)

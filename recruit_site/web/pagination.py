"""Pages of long lists, and the neighbours of a piece in its list."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Window
from django.db.models.functions import Lag, Lead

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

    Two queries read one row each, however long the list is.
    """
    order = siblings.query.order_by or siblings.model._meta.ordering
    before, after = (
        siblings.annotate(beside=Window(side("pk"), order_by=list(order))).filter(beside=piece.pk)
        for side in (Lead, Lag)
    )
    return Neighbours(before.first(), after.first())

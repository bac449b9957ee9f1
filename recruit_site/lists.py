"""Long lists: one page of them, and the neighbours of a piece. What they cost does not grow with the list."""

from functools import reduce
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

#: How many entries stand on one page of a list.
ON_A_PAGE = 30


def page_of(request, rows, number=None, on_a_page=ON_A_PAGE):
    """Return the Page of a queryset, or of a list, that ?page= asks for, the nearest one for what is none.

    `number` is how many rows there are where that is known: counting reads them all.
    """
    paginator = Paginator(rows, on_a_page)
    if number is not None:
        paginator.count = number
    page = paginator.get_page(request.GET.get("page"))
    if isinstance(rows, QuerySet) and page.has_other_pages():  # the keys alone are sorted, then these rows fetched
        page.object_list = rows.filter(pk__in=page.object_list.prefetch_related(None).values("pk"))
    return page


class Walk(NamedTuple):
    """The neighbours of a piece, None at the ends of its list, and the list's query."""

    previous: object
    next: object
    query: str


def walk_through(siblings, piece, query):
    """Return the Walk from a piece through the list of its siblings, in their order."""
    keys = [piece.pk, *(neighbour(siblings, piece, forward) for forward in (False, True))]
    around = list(siblings.filter(pk__in=keys))
    if piece not in around:
        return Walk(None, None, query)
    at = around.index(piece)
    return Walk(around[at - 1] if at else None, around[at + 1] if at + 1 < len(around) else None, query)


class Term(NamedTuple):
    """What a list is ordered by, in the direction of a walk. `empty_last` is None where nothing is empty."""

    name: str
    rises: bool
    empty_last: bool | None

    @classmethod
    def of(cls, order, forward):
        if isinstance(order, OrderBy):
            empty_last = None if not (order.nulls_first or order.nulls_last) else bool(order.nulls_last) == forward
            return cls(order.expression.name, order.descending != forward, empty_last)
        return cls(order.removeprefix("-"), order.startswith("-") != forward, None)


def neighbour(siblings, piece, forward):
    """Return an expression for the key of the next or the previous one."""
    terms = [Term.of(one, forward) for one in siblings.query.order_by or siblings.model._meta.ordering]
    stretches = [beyond(terms, piece)]
    first, value = terms[0], value_of(piece, terms[0])
    if first.empty_last is not None and first.empty_last == (value is not None):
        stretches.append(Q(**{f"{first.name}__isnull": value is not None}))
    ordered = siblings if forward else siblings.reverse()
    found = [Subquery(ordered.filter(stretch).values("pk")[:1]) for stretch in stretches]
    return Coalesce(*found) if len(found) > 1 else found[0]


def value_of(piece, term):
    return reduce(getattr, term.name.split("__"), piece)


def beyond(terms, piece):
    """Return the condition under which a row comes after a piece, in a form that an index of the order serves."""
    term, *rest = terms
    value, name = value_of(piece, term), term.name
    side = "gt" if term.rises else "lt"
    if not rest:
        return Q(**{f"{name}__{side}": value}) if value is not None else Q(pk__in=[])
    further = beyond(rest, piece)
    if value is None:
        return Q(**{f"{name}__isnull": True}) & further
    return Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | further)

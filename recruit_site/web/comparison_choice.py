"""The items that a reader compares. Only the query string holds them (?with=a,b or ?with=a&with=b)."""

from typing import NamedTuple


class Selection(NamedTuple):
    """The chosen items in the order of the query, names without an item, and whether the query names too many."""

    chosen: list
    unknown: list
    more: bool


def read_selection(request, known, most=3):
    """Return the Selection that a request makes of `known`, a dict of names to items.

    At most `most` items are chosen; `more` says whether the query names more. At most five unknown names are returned,
    cut to 40 characters, so that the page can say that it ignores them.
    """
    names = asked_names(request)
    chosen = [known[name] for name in names if name in known]
    return Selection(chosen[:most], [name[:40] for name in names if name not in known][:5], len(chosen) > most)


def asked_names(request):
    """Return the names in the query of a request, each once."""
    names = [name.strip() for value in request.GET.getlist("with") for name in value.split(",")]
    return list(dict.fromkeys(filter(None, names)))

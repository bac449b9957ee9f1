"""What a reader chose to compare: kept in the address alone (?with=a,b or ?with=a&with=b)."""

from typing import NamedTuple


class Selection(NamedTuple):
    """The chosen things in the order in which they were asked for, names that nothing has, and whether too many."""

    chosen: list
    unknown: list
    more: bool


def selection(request, known, most=3):
    """Return the Selection that a request makes of `known`, a dict of names to things.

    At most `most` are chosen; of what is asked for beyond that, `more` tells. An unknown name is reported, cut to
    40 characters, so that the page can say that it was ignored.
    """
    names = asked_names(request)
    chosen = [known[name] for name in names if name in known]
    return Selection(chosen[:most], [name[:40] for name in names if name not in known][:5], len(chosen) > most)


def asked_names(request):
    """Return the names that a request asks for, each once."""
    asked = [name.strip() for value in request.GET.getlist("with") for name in value.split(",")]
    return list(dict.fromkeys(filter(None, asked)))

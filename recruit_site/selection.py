"""What a reader chose to compare: kept in the address alone (?with=a,b or ?with=a&with=b)."""

from typing import NamedTuple


class Selection(NamedTuple):
    """The chosen things in the order in which they were asked for, and the names that nothing has."""

    chosen: list
    unknown: list


def selection(request, known, most=3):
    """Return the Selection that a request makes of `known`, a dict of names to things.

    At most `most` are chosen; what is asked for beyond that is left out. An unknown name is reported, cut to
    40 characters, so that the page can say that it was ignored.
    """
    names = asked_names(request)
    chosen = [known[name] for name in names if name in known]
    return Selection(chosen[:most], [name[:40] for name in names if name not in known][:5])


def asked_names(request):
    """Return the names that a request asks for, each once."""
    asked = [name.strip() for value in request.GET.getlist("with") for name in value.split(",")]
    return list(dict.fromkeys(filter(None, asked)))

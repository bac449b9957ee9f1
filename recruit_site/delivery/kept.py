"""What only the content decides: asked once, kept in the process until what it was made of changes."""

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps

from django.db.models import Model
from django.utils import timezone

from recruit_site.delivery.statements import note, noted, noting
from recruit_site.delivery.version import Made

#: For how many different arguments results are kept.
MOST = 1000

_current = ContextVar("version", default=None)


def current():
    """Return the Version that the request being answered reads, None where nobody may count on one."""
    return _current.get()


def moment():
    """Return the moment at which content is read: one for all that belongs to a version, else now."""
    return _current.get().since if _current.get() else timezone.now()


@contextmanager
def reading(version):
    """Let what is read of the content inside belong to this Version, to none for None.

    Yields the set of the Queries that are asked.
    """
    token = _current.set(version)
    try:
        with noting(version.since) if version else nullcontext() as queries:
            yield queries
    finally:
        _current.reset(token)


class Results:
    """What was made for different arguments, each until what was read for it is no longer the same.

    An argument is a language, a name or a piece, not what a reader wrote. What is made of a piece rests on what the
    piece was made of where it is kept itself, else on all that was read before.
    """

    def __init__(self):
        self.known = {}

    def get(self, arguments, make):
        """Return what `make` returned for these arguments, or returns now. What it raises is not kept.

        It is simply called where there is no version to count on, as in a preview.
        """
        now = current()
        if now is None:
            return make()
        result, made = self.known.get(arguments, (None, None))
        if made is None or not made.stands(now):
            made = made and made.at(now)
            if made is None:
                result, made = self.make(arguments, make, now)
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[arguments] = result, made
        note(made.queries)
        return result

    def make(self, arguments, make, now):
        before = noted()
        with noting(now.since) as queries:
            for piece in pieces_in(arguments):
                note(getattr(piece._state, "queries", before))
            result = make()
        for piece in pieces_in(result if isinstance(result, list | tuple) else [result]):
            piece._state.queries = queries
        return result, Made(queries, now)


def pieces_in(values):
    return (one for one in values if isinstance(one, Model))


def kept(function):
    """Keep the Results of a function.

    It must return plain data that nobody changes and depend on nothing but content and arguments: on no request, not
    on the active language.
    """
    results = Results()

    @wraps(function)
    def asked(*arguments, **options):
        return results.get((*arguments, *options.items()), lambda: function(*arguments, **options))

    return asked

"""What only the content decides: asked once, kept in the process until the content changes."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

#: For how many different arguments the results of one function are kept.
MOST = 1000
MISSING = object()

_current = ContextVar("version", default=None)


def current():
    """Return the Version that the request being answered reads, None where nobody may count on one."""
    return _current.get()


@contextmanager
def reading(version):
    """Let what is read of the content inside belong to this Version, to none for None."""
    token = _current.set(version)
    try:
        yield
    finally:
        _current.reset(token)


def kept(function):
    """Keep what a function returns for each of its arguments until the version of the content is another.

    It must return plain data that nobody changes and depend on nothing but content and arguments: on no request, not
    on the active language. An argument is a language, a name or a piece, not what a reader wrote. Where there is no
    version to count on, as in a preview, the function is simply called.
    """
    known = None, {}  # the version and its results, in one name: threads may be at different versions

    @wraps(function)
    def asked(*arguments, **options):
        nonlocal known
        now = current()
        if now is None:
            return function(*arguments, **options)
        of, results = known
        if of != now:
            results = {}
            known = now, results
        key = arguments, *options.items()
        if (result := results.get(key, MISSING)) is MISSING:
            if len(results) >= MOST:
                results.clear()
            results[key] = result = function(*arguments, **options)
        return result

    return asked

"""Who asks: so that whatever writes an entry need not be told."""

import getpass
from contextvars import ContextVar

_request = ContextVar("request", default=None)


def remember_request(get_response):
    """Middleware: let the entries that a request writes say whose it is."""

    def middleware(request):
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def current():
    """Return the request being answered, None outside of one."""
    return _request.get()


def operator():
    """Return how the log names whoever runs a command: no account of the site has a space in its name."""
    try:
        return f"(server) {getpass.getuser()}"
    except OSError:  # a container may run under a number without a name
        return "(server)"

"""The request that is being answered, so that whatever writes an entry need not be given it."""

import getpass
from contextvars import ContextVar

from recruit_site.web import request_log
from recruit_site.web.client_address import address_of

_request = ContextVar("request", default=None)


def remember_request(get_response):
    """Middleware: let the entries that are written during a request say whose it is. After AuthenticationMiddleware."""

    def middleware(request):
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def identify_actor(user=None):
    """Return the fields of an entry that say who acts and from where.

    Without `user` it is who is signed in, and outside of a request the operator who runs the command.
    """
    request = _request.get()
    address = address_of(request) if request else ""
    if request:
        user = user or request.user  # an anonymous one has neither name nor key
    who, account = (user.get_username(), user.pk) if user else (operator(), None)
    return {"who": who, "account": account, "address": address, "request": request_log.request_id.get()}


def operator():
    """Return how the log names whoever runs a command: no account of the site has a space in its name."""
    try:
        return f"(server) {getpass.getuser()}"
    except OSError:  # a container may run under a number without a name
        return "(server)"

"""The current request and its user, so that code that writes an audit entry needs no request argument."""

import getpass
from contextvars import ContextVar

from recruit_site.web import request_log
from recruit_site.web.client_address import address_of

_request = ContextVar("request", default=None)


def remember_request(get_response):
    """Middleware: remember the request, so that audit entries name its user. It follows AuthenticationMiddleware."""

    def middleware(request):
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def identify_actor(user=None):
    """Return the fields of an audit entry that name the acting user, the IP address and the request.

    Without `user` it is the user who is signed in, and outside of a request the operator who runs the command.
    """
    request = _request.get()
    address = address_of(request) if request else ""
    if request:
        user = user or request.user  # an AnonymousUser has the name "" and the primary key None
    who, account = (user.get_username(), user.pk) if user else (operator(), None)
    return {"who": who, "account": account, "address": address, "request": request_log.request_id.get()}


def operator():
    """Return the name for the user of the system who runs a command; the space keeps it apart from every account."""
    try:
        return f"(server) {getpass.getuser()}"
    except OSError:  # a container may run under a user id without a name
        return "(server)"

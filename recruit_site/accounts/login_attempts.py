"""The lock after wrong passwords and codes: failures are counted for each account and IP address (django-axes).

An address is known to an account that signed in from it during the last 90 days. At a known address only the failures
of this account at this address count, so that an attacker elsewhere cannot lock staff out at their office. At any other
address two more limits hold: the failures of one account from all addresses, and of one address for all accounts.
"""

from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, Sum
from django.utils import timezone
from django_otp import devices_for_user

#: The failures within settings.AXES_COOLOFF_TIME that lock an account at all unknown addresses, and that lock an
#: unknown address for all accounts. settings.AXES_FAILURE_LIMIT is the limit of one account at one address.
ONE_ACCOUNT, ONE_ADDRESS = 50, 30
#: How long an address stays known to an account after a sign-in.
KNOWN = timedelta(days=90)


class LockoutHandler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        """Return the number of failures of this account at this address.

        Where a wider limit (ONE_ACCOUNT, ONE_ADDRESS) is reached, return AXES_FAILURE_LIMIT, so that axes locks.
        """
        name, address = get_client_username(request, credentials), request.axes_ip_address
        here = failures(username=name, ip_address=address)
        if here >= settings.AXES_FAILURE_LIMIT or is_known(name, address):
            return here
        spread = failures(username=name) >= ONE_ACCOUNT or failures(ip_address=address) >= ONE_ADDRESS
        return settings.AXES_FAILURE_LIMIT if spread else here

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Count the failure, and clear the request data that axes stores with it.

        The data can hold the text of a content form, which the sign-in page carries through an expired session.
        """
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request:
            recent(username=get_client_username(request, credentials)).update(get_data="", post_data="")


def recent(**which):
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__gte=since, **which).order_by()


def failures(**which):
    return recent(**which).aggregate(number=Sum("failures_since_start"))["number"] or 0


def is_known(name, address):
    since = timezone.now() - KNOWN
    return AccessLog.objects.filter(username=name, ip_address=address, attempt_time__gte=since).exists()


def locks(name):
    """Return a queryset of dicts: the `ip_address` at which an account is locked, and its `last` failure there."""
    at_addresses = recent(username=name).values("ip_address")
    counted = at_addresses.annotate(number=Sum("failures_since_start"), last=Max("attempt_time"))
    return counted.filter(number__gte=settings.AXES_FAILURE_LIMIT)


def locked_until(name):
    """Return the time at which the last lock of an account ends, None where no address is locked for it."""
    last = max((lock["last"] for lock in locks(name)), default=None)
    return last and last + settings.AXES_COOLOFF_TIME


def unlock(user):
    """Remove every lock of an account, and the throttling of its second factor."""
    recent(username=user.get_username()).delete()
    for device in devices_for_user(user):
        device.throttle_reset()


def may_try(request, name):
    allowed = AxesProxyHandler.is_allowed(request, {"username": name})
    request.axes_locked_out = not allowed
    return allowed


def failed(request, name):
    """Count a wrong code like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)


def username_of(request, credentials=None):
    """Return the user name as typed, cut to 150 characters, the length of Django's `username` column."""
    name = (credentials or request.POST).get("username")
    return name[:150] if name else name


def describe_client(name, address, agent, path, request):
    """Return the description of a client for axes' log lines, without the name: people type passwords there."""
    return f"someone at {address}"


def locked_response(request, response, credentials):
    """Set status 429 (Too Many Requests) on the sign-in page, whose form says that signing in is locked."""
    response.status_code = 429
    return response


def delete_old_log():
    """Delete the log of sign-ins that are older than KNOWN, which no rule reads any more."""
    AccessLog.objects.filter(attempt_time__lt=timezone.now() - KNOWN).delete()

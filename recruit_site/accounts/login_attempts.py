"""Wrong passwords and codes: counted for each account and address, and after too many there is a pause.

An account that signed in from an address lately is counted at that address alone, so that strangers who guess
elsewhere lock nobody out of the own office. Everywhere else all guesses count together: those at one account from
any address, and those from one address at any account.
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

#: How many failures within the pause (settings.AXES_COOLOFF_TIME) lock an account at an address, which is what
#: settings.AXES_FAILURE_LIMIT says; an account from all strange addresses; a strange address for all accounts.
ONE_ACCOUNT, ONE_ADDRESS = 50, 30
#: For how long an address stays known to an account.
KNOWN = timedelta(days=90)


class Attempts(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        """Return the failures of this account at this address; the limit itself where a wider one is reached."""
        name, address = get_client_username(request, credentials), request.axes_ip_address
        here = failures(username=name, ip_address=address)
        if here >= settings.AXES_FAILURE_LIMIT or is_known(name, address):
            return here
        spread = failures(username=name) >= ONE_ACCOUNT or failures(ip_address=address) >= ONE_ADDRESS
        return settings.AXES_FAILURE_LIMIT if spread else here

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Count, and keep nothing else of what was sent: it may be the text of a form that the page carries."""
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
    """Return a queryset of the addresses at which an account is locked, each with its last failure as `last`."""
    at_addresses = recent(username=name).values("ip_address")
    counted = at_addresses.annotate(number=Sum("failures_since_start"), last=Max("attempt_time"))
    return counted.filter(number__gte=settings.AXES_FAILURE_LIMIT)


def locked_until(name):
    """Return the time until which an account is locked somewhere, None where it is not."""
    last = max((lock["last"] for lock in locks(name)), default=None)
    return last and last + settings.AXES_COOLOFF_TIME


def unlock(user):
    """End every pause of an account, that of its second factor too."""
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


def name_of(request, credentials=None):
    """Return the name of the account as typed, no longer than one can be: axes stores no more."""
    name = (credentials or request.POST).get("username")
    return name[:150] if name else name


def for_the_log(name, address, agent, path, request):
    """Return what the log says of who signs in: not the name, for which people type their password by mistake."""
    return f"someone at {address}"


def answer_locked(request, response, credentials):
    """Return the page that says so in words, with the status that says it to programs."""
    response.status_code = 429
    return response


def forget_old():
    """Delete what no rule looks at any more."""
    AccessLog.objects.filter(attempt_time__lt=timezone.now() - KNOWN).delete()

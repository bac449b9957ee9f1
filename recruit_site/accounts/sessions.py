"""The end of a session: after idle time, after its maximum age, or when its required second factor is gone."""

import time
from contextlib import suppress
from zlib import crc32

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError

from recruit_site.accounts.second_factor import is_demanded

#: Keys in the session: the time of the sign-in, the time of the last activity, and a checksum of the form sent then.
BEGAN, SEEN, SENT = "began", "seen", "sent"
#: The least seconds between two writes of SEEN, so that not every request writes the session.
BETWEEN_NOTES = 120


def end_sessions(get_response):
    """Middleware: log out a user whose session is over. The request then continues as an anonymous one."""

    def middleware(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if is_over(request.session, time.time()) or (is_demanded(request.user) and not request.user.is_verified()):
                logout(request)
            else:
                record_activity(request, time.time())
        return get_response(request)

    return middleware


def begin(sender, request, **kwargs):
    """Store the time of the sign-in in the session; receiver of `user_logged_in`."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def connect():
    user_logged_in.connect(begin, dispatch_uid="session")


def is_over(session, now):
    idle, life = settings.SESSION_IDLE, settings.SESSION_COOKIE_AGE
    return session.get(SEEN, now) + idle < now or session.get(BEGAN, now) + life < now


def record_activity(request, now):
    """Store the time of the user's activity in the session.

    A POST with the same data as the last one is autosave sending an unchanged form, and does not count.
    """
    session = request.session
    if session.get(SEEN, 0) + BETWEEN_NOTES >= now:
        return
    sent = crc32(repr(sorted(request.POST.lists())).encode()) if request.method == "POST" else None
    if sent is None or sent != session.get(SENT):
        session.setdefault(BEGAN, int(now))
        session[SEEN], session[SENT] = int(now), sent
        with suppress(UpdateError, DatabaseError):  # on a full disk the page itself tells the user
            session.save()
        session.modified = False

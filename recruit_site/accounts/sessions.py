"""When a session ends: after idle time, after its whole life, and when its second factor is gone."""

import time
from contextlib import suppress
from zlib import crc32

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError

from recruit_site.accounts.second_factor import is_demanded

#: In the session: when it began, when someone was last there, and a digest of what they then sent.
BEGAN, SEEN, SENT = "began", "seen", "sent"
#: Seconds between two notes that someone is there: reading pages does not write a row each time.
BETWEEN_NOTES = 120


def end_sessions(get_response):
    """Middleware: sign out whose session is over. The request goes on as that of someone who is signed out."""

    def middleware(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if is_over(request.session, time.time()) or (is_demanded(request.user) and not request.user.is_verified()):
                logout(request)
            else:
                note(request, time.time())
        return get_response(request)

    return middleware


def begin(sender, request, **kwargs):
    """Receive that someone signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def connect():
    user_logged_in.connect(begin, dispatch_uid="session")


def is_over(session, now):
    idle, life = settings.SESSION_IDLE, settings.SESSION_COOKIE_AGE
    return session.get(SEEN, now) + idle < now or session.get(BEGAN, now) + life < now


def note(request, now):
    """Note that someone is there. A form that sends itself again, with nothing new in it, is nobody."""
    session = request.session
    if session.get(SEEN, 0) + BETWEEN_NOTES >= now:
        return
    sent = crc32(repr(sorted(request.POST.lists())).encode()) if request.method == "POST" else None
    if sent is None or sent != session.get(SENT):
        session.setdefault(BEGAN, int(now))
        session[SEEN], session[SENT] = int(now), sent
        with suppress(UpdateError, DatabaseError):  # a full disk, of which the page itself tells
            session.save()
        session.modified = False

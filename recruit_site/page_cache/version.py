"""The content version. It changes with every write of content, and when a scheduled moment comes.

Every write of content that readers may see adds a ContentChange in the same transaction. A process reads the newest one
at most once a second. A cached page belongs to the version that was read before the page was made.
"""

import math
import time
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from django.apps import apps
from django.db import DatabaseError, close_old_connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone

from recruit_site.page_cache.models import ContentChange
from recruit_site.text.dates import midnight

#: Seconds for which a process relies on the version that it read last.
INTERVAL = 1.0
#: How long a ContentChange is stored. Only the highest key and the number of rows are compared.
KEEP = timedelta(days=1)


class Version(NamedTuple):
    """The highest ContentChange key, the number of rows, and the next moment at which a schedule changes pages."""

    last: int | None
    number: int
    until: datetime


def record_change(**kwargs):
    """Record in the current transaction that content was written. It is the receiver of the models' signals.

    Call it for bulk writes, for which Django sends no signal.
    """
    ContentChange.objects.create()
    transaction.on_commit(reader.expire, robust=True)


def connect():
    """Connect `record_change` to the signals of every model whose rows readers may see."""
    for model in visible_models():
        post_save.connect(record_change, model)
        post_delete.connect(record_change, model)
        for field in model._meta.local_many_to_many:
            m2m_changed.connect(record_change, field.remote_field.through)


def visible_models():
    """Return the models whose rows readers may see: those with `shown_to_readers`."""
    return [model for model in apps.get_models() if getattr(model, "shown_to_readers", False)]


def delete_old_changes():
    ContentChange.objects.filter(at__lt=timezone.now() - KEEP).delete()


def next_moment(now):
    """Return the first date and time in any content after `now`, or the next midnight in Japan if that is earlier."""
    fields = [
        (model._default_manager.filter(**{f"{field.name}__gt": now}).order_by(), field.name)
        for model in visible_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and not field.auto_now
    ]
    first, *others = [rows.values_list(name) for rows, name in fields]
    moments = first.union(*others).order_by(fields[0][1])[:1]
    tomorrow = midnight(timezone.localdate(now) + timedelta(days=1))
    return min([tomorrow, *(moment for (moment,) in moments)])


class VersionReader:
    """The reader of the content version for all threads of a process, which queries at most once in INTERVAL.

    `is_away` says whether the last query failed. The version of the last successful query then stays in use.
    """

    def __init__(self):
        self.version, self.is_away = None, False
        self.read_at = -math.inf
        self.lock = Lock()

    def current(self):
        """Return the Version, or None if no query of this process has succeeded yet."""
        # While the database is away, one thread waits for it and the others use the last version.
        if self.is_due() and self.lock.acquire(blocking=not self.is_away):
            try:
                if self.is_due():
                    self.read()
            finally:
                self.lock.release()
        return self.version

    def is_due(self):
        return time.monotonic() - self.read_at >= INTERVAL

    def expire(self):
        """Make the next request read the version, because this process has written content."""
        self.read_at = -math.inf

    def refresh(self):
        """Read the Version from the database now and return it."""
        self.expire()
        return self.current()

    def read(self):
        close_old_connections()
        try:
            newest = ContentChange.objects.aggregate(last=models.Max("pk"), number=models.Count("pk"))
            previous, now = self.version, timezone.now()
            if previous is None or previous[:2] != (*newest.values(),) or now >= previous.until:
                self.version = Version(*newest.values(), next_moment(now))
            self.is_away = False
        except DatabaseError:
            self.is_away = True
        finally:
            self.read_at = time.monotonic()
            close_old_connections()


reader = VersionReader()

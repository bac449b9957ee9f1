"""The content version: it changes with every write of content, and when a scheduled moment comes.

Every write of what readers may see adds a ContentChange in its own transaction. A process reads the newest one at most
once a second; a cached page belongs to the version that was read before the page was made.
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

#: Seconds for which a process relies on the version it has read.
INTERVAL = 1.0
#: How long a ContentChange stays; only the newest and the number of rows are compared.
KEEP = timedelta(days=1)


class Version(NamedTuple):
    """The newest ContentChange, how many there are, and the moment at which a schedule changes what readers see."""

    last: int | None
    number: int
    until: datetime


def record_change(**kwargs):
    """Note in the current transaction that content was written; receiver of the models' signals.

    Call it where rows are written in bulk, as Django then sends no signal.
    """
    ContentChange.objects.create()
    transaction.on_commit(reader.expire, robust=True)


def connect():
    """Let every write of a model that readers may see record a change."""
    for model in visible_models():
        post_save.connect(record_change, model)
        post_delete.connect(record_change, model)
        for field in model._meta.local_many_to_many:
            m2m_changed.connect(record_change, field.remote_field.through)


def visible_models():
    """Return the models that say of themselves that readers may see their rows."""
    return [model for model in apps.get_models() if getattr(model, "shown_to_readers", False)]


def delete_old_changes():
    ContentChange.objects.filter(at__lt=timezone.now() - KEEP).delete()


def next_moment(now):
    """Return the first moment after `now` in any content, at the latest the midnight at which the day ends in Japan."""
    fields = [
        (model._default_manager.filter(**{f"{field.name}__gt": now}).order_by(), field.name)
        for model in visible_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and not field.auto_now
    ]
    first, *others = [rows.values_list(name) for rows, name in fields]
    found = first.union(*others).order_by(fields[0][1])[:1]
    tomorrow = midnight(timezone.localdate(now) + timedelta(days=1))
    return min([tomorrow, *(moment for (moment,) in found)])


class VersionReader:
    """Reads the version for one process, at most once in INTERVAL, whichever thread asks.

    `is_away` says whether the database did not answer the last time; the last known version then holds on.
    """

    def __init__(self):
        self.version, self.is_away = None, False
        self.read_at = -math.inf
        self.lock = Lock()

    def current(self):
        """Return the Version, None if the database has never answered this process."""
        # While the database is away one thread waits for it, the others go on with what is known.
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
        """Let the next request read the version: this process has written content."""
        self.read_at = -math.inf

    def refresh(self):
        """Return the Version of this moment."""
        self.expire()
        return self.current()

    def read(self):
        close_old_connections()
        try:
            found = ContentChange.objects.aggregate(last=models.Max("pk"), number=models.Count("pk"))
            known, now = self.version, timezone.now()
            if known is None or known[:2] != (*found.values(),) or now >= known.until:
                self.version = Version(*found.values(), next_moment(now))
            self.is_away = False
        except DatabaseError:
            self.is_away = True
        finally:
            self.read_at = time.monotonic()
            close_old_connections()


reader = VersionReader()

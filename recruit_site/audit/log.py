"""Writing the audit log: a row, and the same row as a line of the process's log."""

import logging
from functools import partial

from django.db import models, transaction
from django.utils import timezone

from recruit_site.audit.middleware import identify_actor
from recruit_site.audit.models import AuditEntry, AuditKind

logger = logging.getLogger("recruit_site.audit")


def record(kind, about=None, detail="", who=None):
    """Write an entry in the transaction of what it tells of, and its line in the log once that is committed; return it.

    `about` is the row concerned. `who` did it: the user who is signed in where it is None. `detail` must hold no
    secret, and nothing that someone typed without meaning it to be kept.
    """
    entry = AuditEntry.objects.create(kind=kind, detail=detail, **identify_actor(who), **identify_row(about))
    transaction.on_commit(partial(log_entry, entry))
    return entry


def identify_row(row):
    """Return the fields of an entry that name a row, for it may be deleted later."""
    if row is None:
        return {}
    return {
        "model": row._meta.label_lower,
        "key": str(getattr(row, "slug", row.pk))[:100],
        "title": str(row)[:300],
    }


def log_entry(entry):
    """Write an entry to the process's log, with all fields of its row."""
    fields = {field.name: getattr(entry, field.name) for field in AuditEntry._meta.concrete_fields}
    fields["at"] = timezone.localtime(entry.at).isoformat()
    logger.info("audit %(id)s: %(kind)s %(who)s %(model)s %(key)s", fields, extra={"fields": {"audit": fields}})


def prune(before):
    """Remove the entries older than the moment `before`, record that, and return how many they were."""
    with transaction.atomic():
        removed, _models = models.QuerySet(AuditEntry).filter(at__lt=before).delete()
        if removed:
            record(AuditKind.PRUNED, detail=f"{removed} before {before.isoformat(timespec='minutes')}")
    return removed

"""The writing of audit entries: each as a row of the table, and as a line of the process's log."""

import logging
from functools import partial

from django.db import models, transaction
from django.utils import timezone

from recruit_site.audit.middleware import identify_actor
from recruit_site.audit.models import AuditEntry, AuditKind

logger = logging.getLogger("recruit_site.audit")


def record_event(kind, about=None, detail="", who=None):
    """Write an audit entry in the current transaction and return it; after the commit, write its line to the log.

    `kind` is an AuditKind, and `about` the row that was acted on. `who` is the user who acted; None stands for the user
    who is signed in. `detail` must hold no secret, and no text that a user typed without meaning it to be stored.
    """
    entry = AuditEntry.objects.create(kind=kind, detail=detail, **identify_actor(who), **identify_row(about))
    transaction.on_commit(partial(log_entry, entry))
    return entry


def identify_row(row):
    """Return the fields of an entry that name a row as text, because the row may be deleted later."""
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
    """Delete the entries older than the datetime `before`, record the deletion, and return their number."""
    with transaction.atomic():
        removed, _models = models.QuerySet(AuditEntry).filter(at__lt=before).delete()
        if removed:
            record_event(AuditKind.PRUNED, detail=f"{removed} before {before.isoformat(timespec='minutes')}")
    return removed

"""Entries about content: what readers see since a revision was recorded, or no longer."""

from recruit_site.audit.log import record
from recruit_site.audit.models import AuditKind
from recruit_site.content.visibility import TIMES, State

#: By the event of the revision.
KINDS = {
    "published": AuditKind.PUBLISHED,
    "archived": AuditKind.WITHDRAWN,
    "deleted": AuditKind.DELETED,
    "restored": AuditKind.RESTORED,
}


def audit(row, revision):
    """Write the entry about a Revision of a row, where it changed what readers see."""
    if kind := choose_kind(row, revision.event):
        record(kind, row, f"revision {revision.pk}{format_times(row)}", revision.author)


def choose_kind(row, event):
    """Return the AuditKind of entry for an event; None for a draft that was saved, which readers do not see."""
    if event == "saved" and getattr(row, "state", State.LIVE) == State.LIVE:
        return AuditKind.CHANGED
    return KINDS.get(event)


def format_times(row):
    """Return from when until when a piece is published, where it says so."""
    found = [(name, getattr(row, name, None)) for name in TIMES]
    return "".join(f" {name}={value.isoformat(timespec='minutes')}" for name, value in found if value)

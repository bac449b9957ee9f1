"""Audit entries about content: the revisions that change what readers see."""

from recruit_site.audit.log import record_event
from recruit_site.audit.models import AuditKind
from recruit_site.content.visibility import PUBLICATION_TIMES, State

#: The kind of entry by the revision's event.
KINDS = {
    "published": AuditKind.PUBLISHED,
    "archived": AuditKind.WITHDRAWN,
    "deleted": AuditKind.DELETED,
    "restored": AuditKind.RESTORED,
}


def audit(row, revision):
    """Write an entry about a Revision of a row if the revision changed what readers see."""
    if kind := choose_kind(row, revision.event):
        record_event(kind, row, f"revision {revision.pk}{format_times(row)}", revision.author)


def choose_kind(row, event):
    """Return the AuditKind for a revision's event; None for a saved draft, which readers do not see."""
    if event == "saved" and getattr(row, "state", State.LIVE) == State.LIVE:
        return AuditKind.CHANGED
    return KINDS.get(event)


def format_times(row):
    """Return the times that a row sets for its publication, as " publish_from=2026-11-30T09:00+00:00"; "" for none."""
    times = [(name, getattr(row, name, None)) for name in PUBLICATION_TIMES]
    return "".join(f" {name}={value.isoformat(timespec='minutes')}" for name, value in times if value)

"""Entries about content: what readers see since a revision was recorded, or no longer."""

from recruit_site.audit.entries import Kind, record
from recruit_site.publishing import PUBLIC

#: By the event of the revision. Saving tells the log of nothing, unless readers see it at once.
KINDS = {
    "published": Kind.PUBLISHED,
    "archived": Kind.WITHDRAWN,
    "deleted": Kind.DELETED,
    "restored": Kind.RESTORED,
}


def audit(row, revision):
    """Write the entry about a Revision of a row, which tells what it was, when it says something to readers."""
    at_once = revision.event == "saved" and getattr(row, "state", PUBLIC) == PUBLIC
    if kind := Kind.CHANGED if at_once else KINDS.get(revision.event):
        record(kind, row, f"revision {revision.pk}{times(row)}", revision.author)


def times(row):
    """Return from when until when a piece is published, where it says so."""
    found = [(name, getattr(row, name, None)) for name in ("publish_from", "publish_until")]
    return "".join(f" {name}={value.isoformat(timespec='minutes')}" for name, value in found if value)

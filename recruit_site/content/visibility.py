"""When readers may see a piece of content. Only content/ applies this rule; all other code calls `published()`."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    LIVE = "live", _("Live")
    ARCHIVED = "archived", _("Archived")


#: The fields in which editors enter the publishing times.
PUBLICATION_TIMES = ("publish_from", "publish_until")

#: Stand-ins for an empty `publish_from` and `publish_until`, earlier and later than any moment that editors enter.
ALWAYS, NEVER_ENDS = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def visible(at, path=""):
    """Return the condition (Q) under which readers see a row, reached by the lookup `path`, at the moment `at`."""
    return Q(**{f"{path}visible_from__lte": at, f"{path}visible_until__gt": at})


def not_withheld(at, path=""):
    """Return the condition (Q) under which a valid consent covers every name in a row at the moment `at`."""
    return Q(**{f"{path}withheld_from": None}) | Q(**{f"{path}withheld_from__gt": at})


class VisiblePeriod(NamedTuple):
    """The period in which readers may see something. None means no limit."""

    since: datetime | None = None
    until: datetime | None = None

    def within(self, part):
        """Return the VisiblePeriod of a part of a piece with this one, or None if readers never see it."""
        return intersection(
            [self, *(visible_period(row) for name in part.requires_live if (row := getattr(part, name)))]
        )


def intersection(times):
    """Return the intersection of several Times, or None if one of them is None."""
    if None in times:
        return None
    since = [one.since for one in times if one.since]
    until = [one.until for one in times if one.until]
    return VisiblePeriod(max(since, default=None), min(until, default=None))


def visible_period(piece):
    """Return the VisiblePeriod of a piece with the pieces in its `requires_live`, or None if readers never see it."""
    rows = [piece, *(getattr(piece, name) for name in piece.requires_live)]
    if any(row.visible_from is None for row in rows):
        return None
    since, until = max(row.visible_from for row in rows), min(row.visible_until for row in rows)
    return VisiblePeriod(None if since == ALWAYS else since, None if until == NEVER_ENDS else until)


def make_visible_now(piece):
    """Make a piece and the pieces in its `requires_live` live from now on.

    It is for previews: call it in a transaction that is rolled back.
    """
    now = timezone.now()
    for row in (piece, *(getattr(piece, name) for name in getattr(piece, "requires_live", ()))):
        if hasattr(row, "publish_from"):
            since = min(row.publish_from or now, now)
            type(row).objects.filter(pk=row.pk).update(
                state=State.LIVE, publish_from=since, publish_until=None, withheld_from=None
            )

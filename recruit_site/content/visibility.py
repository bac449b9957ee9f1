"""When readers may see a piece of content. Only content/ knows the rule; everyone else calls `published()`."""

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


#: The fields in which editors say from when until when.
TIMES = ("publish_from", "publish_until")

#: In the place of no moment: before and after all that is written.
ALWAYS, NEVER_ENDS = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def visible(at, path=""):
    """Return the condition (Q) under which readers see a row, reached by the lookup `path`, at the moment `at`."""
    return Q(**{f"{path}visible_from__lte": at, f"{path}visible_until__gt": at})


def not_withheld(at, path=""):
    """Return the condition under which every name in a row may be shown."""
    return Q(**{f"{path}withheld_from": None}) | Q(**{f"{path}withheld_from__gt": at})


class Times(NamedTuple):
    """From when until when readers may see something; None for no such limit."""

    since: datetime | None = None
    until: datetime | None = None

    def within(self, part):
        """Return the times in which readers see a part of what has these times, None where they never do."""
        return overlap([self, *(times_of(row) for name in part.stands_with if (row := getattr(part, name)))])


def overlap(times):
    """Return the Times in which several hold together, None where one of them is None."""
    if None in times:
        return None
    since = [one.since for one in times if one.since]
    until = [one.until for one in times if one.until]
    return Times(max(since, default=None), min(until, default=None))


def times_of(piece):
    """Return the Times in which readers see a piece, with all that it cannot stand without; None for never."""
    rows = [piece, *(getattr(piece, name) for name in piece.stands_with)]
    if any(row.visible_from is None for row in rows):
        return None
    since, until = max(row.visible_from for row in rows), min(row.visible_until for row in rows)
    return Times(None if since == ALWAYS else since, None if until == NEVER_ENDS else until)


def show_now(piece):
    """Make a piece live from now on, with all that it cannot stand without: for a preview, to be rolled back."""
    now = timezone.now()
    for row in (piece, *(getattr(piece, name) for name in getattr(piece, "stands_with", ()))):
        if hasattr(row, "publish_from"):
            since = min(row.publish_from or now, now)
            type(row).objects.filter(pk=row.pk).update(
                state=State.LIVE, publish_from=since, publish_until=None, withheld_from=None
            )

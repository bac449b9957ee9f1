"""Querysets of content: published rows, rows that need attention, and related rows that readers may see."""

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from recruit_site.content.visibility import State, not_withheld
from recruit_site.page_cache.version import record_change


class ContentQuerySet(models.QuerySet):
    """Rows of content. Bulk writes record a ContentChange, because Django sends no signal for them."""

    def update(self, **values):
        record_change()
        return super().update(**values)

    update.alters_data = True

    def bulk_create(self, objs, **options):
        record_change()
        return super().bulk_create(objs, **options)

    bulk_create.alters_data = True

    def without_withheld(self):
        """Leave out rows that contain a person's name without a valid consent."""
        return self.filter(not_withheld(timezone.now()))

    def with_published(self, *paths):
        """Fetch related rows along `paths` ("person__organisation") without the rows that readers may not see.

        A hidden related piece reads as None, or is missing from its list. A row that requires the hidden piece is left
        out itself. Each list and each nullable piece that can be hidden takes one query, whatever the number of rows.
        """
        joined, prefetched, condition = related_rows(self.model, "", paths)
        queryset = self.filter(condition) if condition else self
        queryset = queryset.select_related(*joined) if joined else queryset
        return queryset.prefetch_related(*prefetched)


def related_rows(model, way, paths):
    """Return (joined paths, Prefetches, condition) to fetch rows along `paths` from `model`.

    `way` is the lookup prefix that leads to `model`. A foreign key is joined if it is required or its target cannot be
    hidden; all other relations are Prefetches of published rows. The condition (Q) is that readers may see each joined
    row.
    """
    steps, joined, prefetched, condition = {}, [], [], Q()
    for path in paths:
        step, _dots, rest = path.partition("__")
        steps.setdefault(step, []).extend([rest] if rest else [])
    for step, rests in steps.items():
        field, path = model._meta.get_field(step), f"{way}{step}"
        related = field.related_model._default_manager.all()
        can_be_hidden = hasattr(related, "published")
        if field.many_to_one and not (field.null and can_be_hidden):
            # The published() of a whole piece already checks the pieces in its `requires_live`.
            if can_be_hidden and (way or hasattr(model, "parent_field") or step not in model.requires_live):
                condition &= field.related_model.visible(timezone.now(), f"{path}__")
            further = related_rows(field.related_model, f"{path}__", rests)
            joined, prefetched, condition = (
                [*joined, path, *further[0]],
                prefetched + further[1],
                condition & further[2],
            )
        else:
            related = related.published() if can_be_hidden else related
            prefetched.append(Prefetch(path, related.with_published(*rests)))
    return joined, prefetched, condition


class PublishableQuerySet(ContentQuerySet):
    def published(self):
        """Return the rows that readers may see now: they are live, and so are the pieces in their `requires_live`."""
        return self.filter(self.model.visible(timezone.now()))

    def review_due(self):
        """Return the published rows without a review in the last `review_every` of their model."""
        if self.model.review_every is None:
            return self.none()
        last = timezone.localdate() - self.model.review_every
        return self.published().filter(Q(reviewed_on=None) | Q(reviewed_on__lte=last))

    def to_be_filled_in(self):
        """Return the rows that say that the documents do not tell something, for staff to fill in when it is known."""
        return self.none()

    def scheduled(self):
        """Return the live rows whose `publish_from` is still to come."""
        return self.filter(state=State.LIVE, publish_from__gt=timezone.now())

    def ending(self, within):
        """Return the rows whose `publish_until` comes within a timedelta from now."""
        return self.filter(publish_until__gt=timezone.now(), publish_until__lte=timezone.now() + within)

    def withheld(self):
        """Return the live rows that are hidden because they contain a name without a valid consent."""
        return self.filter(state=State.LIVE, withheld_from__lte=timezone.now())

    def withdrawn(self):
        """Return the rows that readers no longer see: archived, past `publish_until`, or without a valid consent."""
        ended = Q(publish_until__lte=timezone.now()) | Q(withheld_from__lte=timezone.now())
        return self.filter(Q(state=State.ARCHIVED) | Q(state=State.LIVE) & ended)

"""Querysets of content: what is published, what is due, and related rows without what readers may not see."""

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from recruit_site.content.visibility import State, not_withheld
from recruit_site.page_cache.version import record_change


class ContentQuerySet(models.QuerySet):
    """Rows of content. Writing many at once records a change of content, as Django sends no signal for them."""

    def update(self, **values):
        record_change()
        return super().update(**values)

    update.alters_data = True

    def bulk_create(self, objs, **options):
        record_change()
        return super().bulk_create(objs, **options)

    bulk_create.alters_data = True

    def without_withheld(self):
        """Leave out rows that hold a name which no consent covers now."""
        return self.filter(not_withheld(timezone.now()))

    def with_published(self, *paths):
        """Fetch related rows along `paths` ("person__organisation"), leaving out what readers may not see.

        A related piece that readers may not see reads as None or is missing from the list; a row that must have it is
        left out itself. Every list and every piece that can be hidden is one query, whatever the number of rows.
        """
        joined, prefetched, condition = related_rows(self.model, "", paths)
        queryset = self.filter(condition) if condition else self
        queryset = queryset.select_related(*joined) if joined else queryset
        return queryset.prefetch_related(*prefetched)


def related_rows(model, way, paths):
    """Return how rows of `model`, reached by the lookup `way`, fetch along `paths`.

    That is: the paths that are joined, Prefetches of published rows for all others, and the condition under which
    readers may see what is joined.
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
            # published() has seen to it where a whole piece stands with the other one.
            if can_be_hidden and (way or hasattr(model, "parent_field") or step not in model.stands_with):
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
        """Keep what readers may see now: live itself, and so is every piece it cannot stand without."""
        return self.filter(self.model.visible(timezone.now()))

    def review_due(self):
        """Keep what readers see and nobody has read as a whole for longer than its kind may go without."""
        if self.model.review_every is None:
            return self.none()
        last = timezone.localdate() - self.model.review_every
        return self.published().filter(Q(reviewed_on=None) | Q(reviewed_on__lte=last))

    def scheduled(self):
        """Keep what readers will see by itself, and do not see yet."""
        return self.filter(state=State.LIVE, publish_from__gt=timezone.now())

    def ending(self, within):
        """Keep what has a last moment, no further away than that."""
        return self.filter(publish_until__gt=timezone.now(), publish_until__lte=timezone.now() + within)

    def withheld(self):
        """Keep what readers would see if everyone whose name it holds agreed."""
        return self.filter(state=State.LIVE, withheld_from__lte=timezone.now())

    def withdrawn(self):
        """Keep what readers could see once and no longer: archived, past its last day, or without a consent."""
        ended = Q(publish_until__lte=timezone.now()) | Q(withheld_from__lte=timezone.now())
        return self.filter(Q(state=State.ARCHIVED) | Q(state=State.LIVE) & ended)

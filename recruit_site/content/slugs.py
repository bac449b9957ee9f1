"""Slugs: suggestions for new ones, and the record of old ones, whose addresses redirect."""

from itertools import count

from django.utils.crypto import get_random_string
from django.utils.text import slugify

from recruit_site.content.models.reference import LONGEST_SLUG, OldSlug, reference_models

#: Letters and digits, without those that are easily confused.
READABLE = "abcdefghijkmnpqrstuvwxyz23456789"


def old_slugs(model):
    return OldSlug.objects.filter(model=model._meta.label_lower)


def record_slug_change(row, before):
    """Update the old slugs after a row was saved. `before` is its former slug, None for a new row.

    Rows that name the piece by its slug (revisions, working copy, translation status) get the new slug.
    """
    if row.slug == before:
        return
    former = old_slugs(type(row))
    former.filter(slug=row.slug).delete()  # a slug in use must not redirect
    former.filter(current=row.slug).delete()  # they belong to a deleted piece that had this slug
    if before:
        for model in reference_models():
            model.objects.filter(model=row._meta.label_lower, slug=before).update(slug=row.slug)
        former.filter(current=before).update(current=row.slug)
        OldSlug.objects.create(model=type(row)._meta.label_lower, slug=before, current=row.slug)


def piece_with_former_slug(model, slug):
    """Return the piece that formerly had this slug, or None."""
    return model._default_manager.filter(slug__in=old_slugs(model).filter(slug=slug).values("current")).first()


def renames():
    """Return {(model label, old slug): current slug} of all renamed pieces."""
    return {(old.model, old.slug): old.current for old in OldSlug.objects.all()}


def random_part(length):
    return get_random_string(length, READABLE)


def suggest(model, title):
    """Return a free slug made from an English title, or from the model's name if the title gives none.

    Old slugs are not free either, because their addresses redirect.
    """
    base = slugify(title.replace("_", " "))[:LONGEST_SLUG].strip("-") or f"{model._meta.model_name}-{random_part(6)}"
    taken = {*model._default_manager.values_list("slug", flat=True), *old_slugs(model).values_list("slug", flat=True)}
    slug = base
    for number in count(2):
        if slug not in taken:
            return slug
        slug = f"{base[: LONGEST_SLUG - len(f'-{number}')]}-{number}"

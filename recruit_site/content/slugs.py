"""Slugs over time: how a new one is suggested, and what becomes of an old one."""

from itertools import count

from django.utils.crypto import get_random_string
from django.utils.text import slugify

from recruit_site.content.models.reference import LONGEST_SLUG, OldSlug, reference_models

#: Without letters and digits that are taken for one another.
READABLE = "abcdefghijkmnpqrstuvwxyz23456789"


def old_slugs(model):
    return OldSlug.objects.filter(model=model._meta.label_lower)


def remember(row, before):
    """Keep the old slugs right after a row was saved that had the slug `before`, None for a new one.

    Its history, its working copy and the state of its English go on under the new one.
    """
    if row.slug == before:
        return
    known = old_slugs(type(row))
    known.filter(slug=row.slug).delete()  # in use again: nothing leads away from it
    known.filter(current=row.slug).delete()  # a deleted piece had this slug, and its old ones lead nowhere
    if before:
        for model in reference_models():
            model.objects.filter(model=row._meta.label_lower, slug=before).update(slug=row.slug)
        known.filter(current=before).update(current=row.slug)
        OldSlug.objects.create(model=type(row)._meta.label_lower, slug=before, current=row.slug)


def heir(model, slug):
    """Return the piece that had this slug once and has another now, None where there is none."""
    return model._default_manager.filter(slug__in=old_slugs(model).filter(slug=slug).values("current")).first()


def renames():
    """Return the slug that each renamed piece has now, by the label of its model and its old slug."""
    return {(old.model, old.slug): old.current for old in OldSlug.objects.all()}


def random_part(length):
    return get_random_string(length, READABLE)


def suggest(model, title):
    """Return a free slug made of an English title, or of the model's name where the title gives none.

    It is free of old slugs too: their addresses lead elsewhere.
    """
    wanted = slugify(title.replace("_", " "))[:LONGEST_SLUG].strip("-") or f"{model._meta.model_name}-{random_part(6)}"
    taken = {*model._default_manager.values_list("slug", flat=True), *old_slugs(model).values_list("slug", flat=True)}
    slug = wanted
    for number in count(2):
        if slug not in taken:
            return slug
        slug = f"{wanted[: LONGEST_SLUG - len(f'-{number}')]}-{number}"

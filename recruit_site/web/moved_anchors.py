"""Anchors within pages that had another name once. A browser does not send the anchor: only the page can help."""

from recruit_site.consent.models import without_withheld_names
from recruit_site.content.models import OldSlug


def renamed():
    """Return the slugs that pieces had before by (label of the model, slug), without those that may not be shown."""
    found = {}
    former = list(OldSlug.objects.all())
    shown = set(without_withheld_names(old.slug for old in former)) if former else ()
    for old in former:
        if old.slug in shown:
            found.setdefault((old.model, old.current), []).append(old.slug)
    return found


def old_anchors(request, piece):
    """Return the slugs that a piece had before, those that hold a name without consent left out.

    They are read once for each request at most, for all pieces of its page.
    """
    if not hasattr(request, "old_anchors"):
        request.old_anchors = renamed()
    return request.old_anchors.get((piece._meta.label_lower, piece.slug), ())

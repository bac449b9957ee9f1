"""Former anchors within pages. Browsers do not send the anchor of a URL, so the page itself must hold the old one."""

from django.urls import reverse

from recruit_site.consent.models import without_withheld_names
from recruit_site.content.models import OldSlug

#: Anchors of passages that are on another page now: {section: {anchor: (URL name, its arguments, anchor there)}}.
ON_OTHER_PAGES = {"mission": {"message": ("interviews:feature", ("two-questions",), "message")}}


def moved_to_other_pages(section):
    """Return [(anchor, its new address), …] of the anchors of a section's page that are on another page now."""
    return [
        (anchor, f"{reverse(name, args=args)}#{there}")
        for anchor, (name, args, there) in ON_OTHER_PAGES.get(section, {}).items()
    ]


def former_slugs():
    """Return {(model label, present slug): [former slug, …]}, without slugs that hold a name that may not be shown."""
    former_slugs = {}
    rows = list(OldSlug.objects.all())
    shown = set(without_withheld_names(row.slug for row in rows)) if rows else ()
    for row in rows:
        if row.slug in shown:
            former_slugs.setdefault((row.model, row.current), []).append(row.slug)
    return former_slugs


def old_anchors(request, piece):
    """Return the former slugs of a piece, without slugs that hold a name without consent.

    The former slugs of all pieces are read at most once for each request.
    """
    if not hasattr(request, "old_anchors"):
        request.old_anchors = former_slugs()
    return request.old_anchors.get((piece._meta.label_lower, piece.slug), ())

"""What names a piece of content by its kind and slug."""

from recruit_site.content import snapshot
from recruit_site.content.models import OldSlug
from recruit_site.editing.models import Revision, TranslationStatus, WorkingCopy
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.search.models import SearchEntry

#: What goes with its piece. Revisions stay.
WITH_THEIR_PIECE = (WorkingCopy, TranslationStatus, CheckResult, SearchEntry)


def there():
    """Return the slugs of all content by the label of its kind."""
    models = snapshot.content_models()
    return {model._meta.label_lower: set(model._base_manager.values_list("slug", flat=True)) for model in models}


def lost():
    """Yield what names no piece that is there, or a kind of content that this version does not know."""
    known = there()
    for model in (*WITH_THEIR_PIECE, Revision, OldSlug):
        for label, slug in model.objects.order_by().values_list("model", "slug").distinct():
            if label not in known:
                yield f"{model._meta.model_name} of {label} {slug}: this version knows no such kind of content"
            elif model in WITH_THEIR_PIECE and slug not in known[label]:
                yield f"{model._meta.model_name} of {label} {slug}: there is no such piece"


def redirects():
    """Yield the old slugs that lead away from a piece that is there, or to another old slug: a chain, or a loop.

    Those of a deleted piece lead nowhere, and are no fault.
    """
    known, leads = there(), {(old.model, old.slug): old.current for old in OldSlug.objects.all()}
    for (label, slug), current in leads.items():
        if slug in known.get(label, ()):
            yield f"{label} {slug} is there, and its address leads to {current}"
        elif (label, current) in leads:
            yield f"the old address of {label} {slug} leads to {current}, which is an old address itself"

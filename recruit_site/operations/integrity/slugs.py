"""Checks of the rows that name a piece of content by its model label and slug."""

from recruit_site.content import snapshot
from recruit_site.content.models import OldSlug
from recruit_site.editing.models import Revision, TranslationStatus, WorkingCopy
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.search.models import SearchEntry

#: The models whose rows are deleted together with their piece. Revisions stay.
WITH_THEIR_PIECE = (WorkingCopy, TranslationStatus, CheckResult, SearchEntry)


def slugs_by_model():
    """Return the slugs of all content: {lower-case model label: slugs}."""
    models = snapshot.content_models()
    return {model._meta.label_lower: set(model._base_manager.values_list("slug", flat=True)) for model in models}


def find_dangling_rows():
    """Yield the rows that name a missing piece, or a model that this version does not have."""
    slugs = slugs_by_model()
    for model in (*WITH_THEIR_PIECE, Revision, OldSlug):
        for label, slug in model.objects.order_by().values_list("model", "slug").distinct():
            if label not in slugs:
                yield f"{model._meta.model_name} of {label} {slug}: this version knows no such kind of content"
            elif model in WITH_THEIR_PIECE and slug not in slugs[label]:
                yield f"{model._meta.model_name} of {label} {slug}: there is no such piece"


def redirects():
    """Yield the old slugs that are the slug of an existing piece, or that redirect to another old slug.

    The second kind is a chain or a loop. An old slug of a deleted piece redirects nowhere, and is no fault.
    """
    slugs, targets = slugs_by_model(), {(old.model, old.slug): old.current for old in OldSlug.objects.all()}
    for (label, slug), current in targets.items():
        if slug in slugs.get(label, ()):
            yield f"{label} {slug} is there, and its address leads to {current}"
        elif (label, current) in targets:
            yield f"the old address of {label} {slug} leads to {current}, which is an old address itself"

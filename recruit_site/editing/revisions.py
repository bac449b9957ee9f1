"""Recording revisions of content as snapshots, and applying working copies."""

from django.db import transaction

from recruit_site.audit.content_events import audit
from recruit_site.consent.models import Mention, update_mentions_of_piece
from recruit_site.content import snapshot
from recruit_site.content.visibility import State
from recruit_site.editing import translation_status
from recruit_site.editing.models import PUBLICATION_FIELDS, Revision, TranslationStatus, WorkingCopy
from recruit_site.editorial_checks import check_results
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.search import entries


def record_revision(row, event, author=None, reason="", minor=False, confirm=False):
    """Record the present state of a row as a Revision and return it; if nothing changed, return the last Revision.

    Every way of writing content calls this in its transaction: form, list, restore, load_brochures. Consent mentions,
    translation status, check results and search entries follow the row. For `minor` and `confirm` see
    translation_status.update.
    """
    data = snapshot.take_snapshot(row)
    last = Revision.objects.of(row).first()
    if event == Revision.Event.DELETED:
        for copy in WorkingCopy.objects.of(row):
            copy.move_to_history()
        TranslationStatus.objects.of(row).delete()
        Mention.objects.of(row).delete()
        CheckResult.objects.of(row).delete()
        entries.delete_entries(row)
    else:
        update_mentions_of_piece(type(row), data)
        translation_status.update_status(row, last and last.snapshot, data, minor, confirm)
        if event != Revision.Event.LOADED:  # load_brochures does both at the end, when all rows exist
            check_results.update_result(row, data)
            entries.update_entries(row)
    if last and last.snapshot == data and not {event, last.event} & {Revision.Event.DELETED, Revision.Event.RESTORED}:
        return last
    revision = Revision.objects.create(
        model=row._meta.label_lower, slug=row.slug, event=event, author=author, reason=reason, snapshot=data
    )
    audit(row, revision)
    return revision


def apply_working_copy(row, copy):
    """Apply a working copy to its row and return the row. The caller rolls the transaction back, or publishes it."""
    present = {name: value for name, value in snapshot.take_snapshot(row).items() if name in PUBLICATION_FIELDS}
    snapshot.apply(type(row), copy.snapshot | present | {"state": State.DRAFT}, complete=False)
    type(row).objects.filter(pk=row.pk).update(state=row.state)
    return type(row).objects.get(pk=row.pk)


def reason_not_applicable(row, copy):
    """Return why a working copy can no longer be applied (what it refers to is gone), "" if it can."""
    with transaction.atomic():
        try:
            apply_working_copy(row, copy)
            return ""
        except snapshot.SnapshotError as error:
            return str(error)
        finally:
            transaction.set_rollback(True)

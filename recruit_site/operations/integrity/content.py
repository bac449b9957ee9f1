"""Checks of the data stored beside each piece of content: history, translation status, consents, check results."""

import json
from dataclasses import asdict

from recruit_site.consent.models import Consent, Mention, texts_in, update_mentions_of_consent, withheld_from
from recruit_site.content import snapshot
from recruit_site.content.models import parts_of
from recruit_site.editing.models import Revision, TranslationStatus
from recruit_site.editorial_checks import check_results
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.editorial_checks.registry import current_lexicon
from recruit_site.editorial_checks.registry import findings as findings_in


def pieces():
    """Yield (model, its lower-case label, slug, snapshot) of every piece of content."""
    for row, data in snapshot.iter_snapshots():
        yield type(row), row._meta.label_lower, row.slug, data


def history():
    """Yield the pieces that differ from their last revision, and the revisions that cannot be read.

    A piece and its revision are written in one transaction, so a difference shows half a write, or a write that went
    past the editors' forms. Order and references are not compared: a piece whose neighbour was moved, or whose
    reference was deleted, changes without a revision of its own.
    """
    last = {}
    for revision in Revision.objects.order_by("at", "pk").iterator():
        if not isinstance(revision.snapshot, dict) or revision.event not in Revision.Event.values:
            yield f"revision {revision.pk} of {revision.model} {revision.slug} cannot be read"
        elif revision.event != Revision.Event.REPLACED:  # that revision holds a working copy that was never applied
            last[revision.model, revision.slug] = revision
    for model, label, slug, data in pieces():
        revision = last.pop((label, slug), None)
        if revision is None:
            continue  # the history of a piece begins with its first change
        if revision.event == Revision.Event.DELETED:
            yield f"{label} {slug} is there, though its history says that it was deleted"
        elif not snapshot.matches_stored(
            comparable_values(model, revision.snapshot),
            comparable_values(model, data) | {"slug": revision.snapshot["slug"]},
        ):
            yield f"{label} {slug} is not as its last revision ({revision.at:%Y-%m-%d %H:%M}) says"
    for (label, slug), revision in last.items():
        if revision.event != Revision.Event.DELETED:
            yield f"{label} {slug} is not there, though its history does not say that it was deleted"


def comparable_values(model, data):
    """Return the values of a snapshot and its parts, without order and references to other pieces."""
    plain = {field.name for field in snapshot.fields_of(model) if not field.is_relation} - {"order"}
    values = {name: value for name, value in data.items() if name in plain}
    parts = {
        name: [comparable_values(part, one) for one in data[name]]
        for name, part in parts_of(model).items()
        if name in data
    }
    return values | {name: sorted(rows, key=lambda row: row["slug"]) for name, rows in parts.items()}


def translations():
    """Yield the pieces whose stored translation status differs from the state of their English."""
    stored = {}
    for row in TranslationStatus.objects.iterator():
        stored.setdefault((row.model, row.slug), {})[row.part] = row
    for model, label, slug, data in pieces():
        states = stored.get((label, slug))
        if not states:
            continue  # the translation status of a piece begins with its first change
        units = {part: texts for part, _model, texts in snapshot.texts_by_language(model, data)}
        if units.keys() != states.keys():
            yield f"{label} {slug}: the state of its English is kept for other parts than it has"
            continue
        for part, texts in units.items():
            missing = bool(texts["ja"].keys() - texts["en"].keys())
            if missing != (states[part].state == TranslationStatus.State.MISSING):
                yield f"{label} {slug} {part}: its English is {'' if missing else 'not '}missing, and counted otherwise"


def mentions():
    """Yield the pieces whose stored mentions of staff differ from their text: their consents would have no effect."""
    consents = list(Consent.objects.all())
    stored = {(row.model, row.slug, row.consent_id): row.until for row in Mention.objects.all()}
    for model, label, slug, data in pieces():
        if model is Consent or not consents:
            continue
        texts, wrong = "\n".join(texts_in(data)), []
        for consent in consents:
            stands = bool(consent.pattern.search(texts))
            until = stored.pop((label, slug, consent.pk), False)
            if stands != (until is not False) or (stands and until != consent.name_until):
                wrong.append(
                    f"{label} {slug}: whether it needs the consent {consent.slug} is kept otherwise than it is"
                )
        if not wrong and model.objects.values_list("withheld_from", flat=True).get(slug=slug) != withheld_from(
            label, slug
        ):
            wrong.append(f"{label} {slug}: from when it is withheld is kept otherwise than its consents say")
        yield from wrong
    yield from (f"{label} {slug} is kept as needing a consent, and is not there" for label, slug, _key in stored)


def mend_mentions():
    Mention.objects.all().delete()
    for consent in Consent.objects.all():
        update_mentions_of_consent(consent)


def checks():
    """Yield the pieces whose stored findings of editorial checks are outdated, for example by a changed glossary."""
    lexicon = current_lexicon()
    stored = {(row.model, row.slug): row for row in CheckResult.objects.iterator()}
    for model, label, slug, data in pieces():
        findings = json.loads(json.dumps([asdict(finding) for finding in findings_in(model, data, lexicon)]))
        result = stored.get((label, slug))
        if findings != (result.findings if result else []):
            yield f"{label} {slug}: the checks would find something else now"


def mend_checks():
    check_results.check_all()

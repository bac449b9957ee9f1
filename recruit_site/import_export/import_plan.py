"""The plan of an import: each piece before and after it, and the problems; and writing the plan."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.content import snapshot
from recruit_site.content.diff import changes
from recruit_site.content.slugs import renames, suggest
from recruit_site.content.visibility import State
from recruit_site.editing.history import begin_history
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.order import reading_order
from recruit_site.editing.revisions import record_revision
from recruit_site.editing.translation_status import update_status
from recruit_site.editorial_checks import check_results
from recruit_site.spreadsheets.tables import InvalidCell
from recruit_site.spreadsheets.texts import canonical, digest, digests


class RowError(ValueError):
    """A row of a file that cannot be imported; the message says why and what to do."""


class Problem(NamedTuple):
    """An error in a row: its number in the file, its key and the reason."""

    row: int
    key: str
    reason: str


class Piece:
    """A piece of content as its form shows it: the row with its working copy applied."""

    def __init__(self, row, copy=None):
        self.row, self.copy = row, copy
        self.published = snapshot.take_snapshot(row)
        self.data = copy.applied_to(row, self.published) if copy else self.published

    @property
    def is_public(self):
        return getattr(self.row, "state", "") == State.LIVE


def pieces(model, slugs=None):
    """Return the Pieces of a model in reading order, limited to `slugs` if given."""
    rows, copies = (
        snapshot.rows_with_relations(model).order_by(*reading_order(model)),
        WorkingCopy.objects.select_related("author"),
    )
    if slugs is not None:
        rows = rows.filter(slug__in=slugs)
    copy_of = {copy.slug: copy for copy in copies.filter(model=model._meta.label_lower)}
    return [Piece(row, copy_of.get(row.slug)) for row in rows]


@dataclass
class PlannedChange:
    """A piece that an import changes: `after` is its next snapshot; `piece` is None for a new one.

    `confirmed` holds the fields whose English is up to date, as the argument `confirm` of translation_status.update.
    `checked` holds the fields among them whose English stays the same.
    """

    model: type
    piece: Piece | None
    after: dict
    confirmed: dict | bool = False
    checked: dict = field(default_factory=dict)

    @property
    def differences(self):
        before = self.piece.data if self.piece else snapshot.empty_snapshot(self.model)
        return changes(self.model, before, self.after)

    @property
    def kind(self):
        return self.model._meta.verbose_name

    @property
    def name(self):
        return str(self.piece.row) if self.piece else self.after.get("title_ja") or ""

    @property
    def stays_hidden(self):
        """Whether the change goes into an existing working copy: only people who know that copy should publish it."""
        return bool(self.piece and self.piece.copy)

    @property
    def may_be_published(self):
        return bool(self.piece) and self.piece.is_public and not self.stays_hidden and self.piece.data != self.after


@dataclass
class Plan:
    """All changes of an import. A plan with a Problem must not be written."""

    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    unchanged: int = 0


class Sheet:
    """The base of a kind of spreadsheet: which rows are exported, and what a row means when it is imported.

    A subclass has `name`, `label`, `columns` (the first holds the key of a row), `guide()`, `rows()` for the export
    and the message `unknown` for an unknown key. For the import it has:

    - `named_now()` returns the present key of a row, whose piece may have a new slug since the export;
    - `targets()` returns {key: target} for the keys of a file;
    - `texts()` returns the texts of a target by column;
    - `check()` raises RowError if a target cannot take the new texts;
    - `put()` adds the new texts to a Plan.
    """

    kinds = ()

    def __init__(self, request):
        self.request = request

    def plan(self, rows):
        """Return the Plan of the changes that the TableRows of a file make to the present content."""
        plan, numbers, renamed = Plan(), {}, renames()
        cells = [row.cells[self.columns[0].name] for row in rows]
        keys = [self.named_now(cell, renamed) if isinstance(cell, str) else "" for cell in cells]
        targets = self.targets(keys)
        for row, key in zip(rows, keys, strict=True):
            try:
                if unreadable := [name for name, cell in row.cells.items() if isinstance(cell, InvalidCell)]:
                    raise RowError(f"{unreadable[0]}: {row.cells[unreadable[0]].reason}")
                if key and numbers.setdefault(key, row.number) != row.number:
                    raise RowError(_("The same key stands in row %d already: delete one of the two.") % numbers[key])
                if key and key not in targets:
                    raise RowError(self.unknown)
                self.take(plan, row, targets.get(key))
            except RowError as error:
                plan.problems.append(Problem(row.number, key, str(error)))
        return plan

    def take(self, plan, row, target):
        """Add the changes of a row to its target (None for a row without a key) to the plan, or raise RowError."""
        texts, exported_marks = self.texts(target), digests(row.cells["version"])
        if len(exported_marks) != len(texts):
            raise RowError(_("The cell “version” was changed: export again and copy your texts over."))
        exported_marks = dict(zip(texts, exported_marks, strict=True))
        new = {
            name: row.cells[name]
            for name in texts
            if row.cells[name] not in ("", canonical(texts[name])) and digest(row.cells[name]) != exported_marks[name]
        }
        if new or row.cells.get("checked"):
            self.check(target, new, stale={name for name in texts if digest(texts[name]) != exported_marks[name]})
            self.put(plan, target, new)
            plan.rows.append(row)
        else:
            plan.unchanged += 1


def row_error(model_field, text):
    """Return why a model field cannot hold a text, "" if it can."""
    if model_field.is_relation:
        related_rows = model_field.related_model._default_manager
        return "" if related_rows.filter(slug=text).exists() else _("There is no “%s”.") % text
    try:
        model_field.clean(text, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


class PlanOutcome(models.TextChoices):
    """The result of writing a PlannedChange."""

    ADDED = "added", gettext_lazy("added as drafts")
    SAVED = "saved", gettext_lazy("saved")
    PUBLISHED = "published", gettext_lazy("published")
    KEPT = "kept", gettext_lazy("kept as working copies")
    CONFIRMED = "confirmed", gettext_lazy("English confirmed as up to date")


def write(plan, user, publish):
    """Write a Plan and return [(PlanOutcome, row), …].

    A live piece changes at once only with `publish`, and if no check blocks it. Otherwise the change becomes a
    working copy. Raises SnapshotError if a piece no longer fits. Call it in a transaction.
    """
    return [_write(change, user, publish) for change in plan.changes]


def _write(change, user, publish):
    model, piece, reason = change.model, change.piece, _("From a spreadsheet")
    if piece is None:
        slug = suggest(model, change.after.get("title_en") or "")
        row = snapshot.apply(model, change.after | {"slug": slug}, complete=False)
        record_revision(row, Revision.Event.SAVED, user, reason)
        return PlanOutcome.ADDED, row
    begin_history(piece.row)
    if change.after == piece.data:
        update_status(piece.row, piece.published, piece.published, confirm=change.checked)
        return PlanOutcome.CONFIRMED, piece.row
    if piece.copy or (piece.is_public and not (publish and not check_results.blocking(piece.row, change.after))):
        _keep(change, user)
        return PlanOutcome.KEPT, piece.row
    row = snapshot.apply(model, change.after, complete=False)
    event = Revision.Event.PUBLISHED if piece.is_public else Revision.Event.SAVED
    record_revision(row, event, user, reason, confirm=change.confirmed)
    return PlanOutcome.PUBLISHED if piece.is_public else PlanOutcome.SAVED, row


def _keep(change, user):
    """Store the change as the next working copy."""
    piece = change.piece
    if change.checked:
        update_status(piece.row, piece.published, piece.published, confirm=change.checked)
    WorkingCopy.put(piece.row, change.after, user, in_review=bool(piece.copy and piece.copy.in_review))

"""What an import would do: each piece before and after, what stands in the way, and the writing of it."""

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
from recruit_site.editing.revisions import record
from recruit_site.editing.translation_status import update
from recruit_site.editorial_checks import check_results
from recruit_site.spreadsheets.tables import NotText
from recruit_site.spreadsheets.texts import canonical, mark, marks


class Unfit(ValueError):
    """A row of a file cannot be imported; the message says why and what to do."""


class Problem(NamedTuple):
    """An Unfit row."""

    row: int
    key: str
    reason: str


class Piece:
    """A piece of content as its form shows it: its row, with its working copy over it."""

    def __init__(self, row, copy=None):
        self.row, self.copy = row, copy
        self.published = snapshot.take(row)
        self.data = copy.over(row, self.published) if copy else self.published

    @property
    def is_public(self):
        return getattr(self.row, "state", "") == State.LIVE


def pieces(model, slugs=None):
    """Return the Pieces of a model in reading order; only those with `slugs` where they are given."""
    rows, copies = snapshot.whole(model).order_by(*reading_order(model)), WorkingCopy.objects.select_related("author")
    if slugs is not None:
        rows = rows.filter(slug__in=slugs)
    copy_of = {copy.slug: copy for copy in copies.filter(model=model._meta.label_lower)}
    return [Piece(row, copy_of.get(row.slug)) for row in rows]


@dataclass
class PlannedChange:
    """A piece that an import changes: `after` is its next snapshot; `piece` is None for a new one.

    `confirmed` says for which fields the English is up to date, as translated.update takes it; `checked` holds
    those of them whose English is the same as before.
    """

    model: type
    piece: Piece | None
    after: dict
    confirmed: dict | bool = False
    checked: dict = field(default_factory=dict)

    @property
    def differences(self):
        before = self.piece.data if self.piece else snapshot.blank(self.model)
        return changes(self.model, before, self.after)

    @property
    def kind(self):
        return self.model._meta.verbose_name

    @property
    def name(self):
        return str(self.piece.row) if self.piece else self.after.get("title_ja") or ""

    @property
    def stays_hidden(self):
        """Whether it goes into a working copy that is there: publishing that is for those who know it."""
        return bool(self.piece and self.piece.copy)

    @property
    def may_be_published(self):
        return bool(self.piece) and self.piece.is_public and not self.stays_hidden and self.piece.data != self.after


@dataclass
class Plan:
    """All that an import would do. With a Problem it does nothing."""

    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    unchanged: int = 0


class Sheet:
    """A shape of spreadsheet: which rows go out, and what each means when it comes back.

    A shape has a `name`, a `label`, `columns` of which the first holds the key of a row, a `guide()`, `rows()` for
    the export, and what it says of an `unknown` key. For the import it has `named_now()`, the present key of a row;
    `targets()`, what stands under the keys of a file; `texts()`, those of a target by their columns; `check()`,
    which raises Unfit where a target cannot take new texts; and `put()`, which puts them into a Plan.
    """

    kinds = ()

    def __init__(self, request):
        self.request = request

    def plan(self, rows):
        """Return the Plan of what the Rows of a file change, compared with the content of now."""
        plan, numbers, renamed = Plan(), {}, renames()
        cells = [row.cells[self.columns[0].name] for row in rows]
        keys = [self.named_now(cell, renamed) if isinstance(cell, str) else "" for cell in cells]
        targets = self.targets(keys)
        for row, key in zip(rows, keys, strict=True):
            try:
                if wrong := [name for name, cell in row.cells.items() if isinstance(cell, NotText)]:
                    raise Unfit(f"{wrong[0]}: {row.cells[wrong[0]].reason}")
                if key and numbers.setdefault(key, row.number) != row.number:
                    raise Unfit(_("The same key stands in row %d already: delete one of the two.") % numbers[key])
                if key and key not in targets:
                    raise Unfit(self.unknown)
                self.take(plan, row, targets.get(key))
            except Unfit as error:
                plan.problems.append(Problem(row.number, key, str(error)))
        return plan

    def take(self, plan, row, target):
        """Plan what a row makes of its target, None for a row without a key. Raises Unfit."""
        texts, known = self.texts(target), marks(row.cells["version"])
        if len(known) != len(texts):
            raise Unfit(_("The cell “version” was changed: export again and copy your texts over."))
        known = dict(zip(texts, known, strict=True))
        new = {
            name: row.cells[name]
            for name in texts
            if row.cells[name] not in ("", canonical(texts[name])) and mark(row.cells[name]) != known[name]
        }
        if new or row.cells.get("checked"):
            self.check(target, new, stale={name for name in texts if mark(texts[name]) != known[name]})
            self.put(plan, target, new)
            plan.rows.append(row)
        else:
            plan.unchanged += 1


def fault_of(model_field, text):
    """Return why a field cannot hold a text, or "" where it can."""
    if model_field.is_relation:
        known = model_field.related_model._default_manager
        return "" if known.filter(slug=text).exists() else _("There is no “%s”.") % text
    try:
        model_field.clean(text, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


class PlanOutcome(models.TextChoices):
    """What became of a piece."""

    ADDED = "added", gettext_lazy("added as drafts")
    SAVED = "saved", gettext_lazy("saved")
    PUBLISHED = "published", gettext_lazy("published")
    KEPT = "kept", gettext_lazy("kept as working copies")
    CONFIRMED = "confirmed", gettext_lazy("English confirmed as up to date")


def write(plan, user, publish):
    """Write a Plan and return its (PlanOutcome, row) pairs.

    Live pieces change at once only with `publish`, and if the checks would let them be published by the form.

    Raises SnapshotError where a piece no longer fits; call it in a transaction.
    """
    return [_write(change, user, publish) for change in plan.changes]


def _write(change, user, publish):
    model, piece, reason = change.model, change.piece, _("From a spreadsheet")
    if piece is None:
        slug = suggest(model, change.after.get("title_en") or "")
        row = snapshot.apply(model, change.after | {"slug": slug}, complete=False)
        record(row, Revision.Event.SAVED, user, reason)
        return PlanOutcome.ADDED, row
    begin_history(piece.row)
    if change.after == piece.data:
        update(piece.row, piece.published, piece.published, confirm=change.checked)
        return PlanOutcome.CONFIRMED, piece.row
    if piece.copy or (piece.is_public and not (publish and not check_results.blocking(piece.row, change.after))):
        _keep(change, user)
        return PlanOutcome.KEPT, piece.row
    row = snapshot.apply(model, change.after, complete=False)
    event = Revision.Event.PUBLISHED if piece.is_public else Revision.Event.SAVED
    record(row, event, user, reason, confirm=change.confirmed)
    return PlanOutcome.PUBLISHED if piece.is_public else PlanOutcome.SAVED, row


def _keep(change, user):
    """Take the change as the next working copy."""
    piece = change.piece
    if change.checked:
        update(piece.row, piece.published, piece.published, confirm=change.checked)
    WorkingCopy.put(piece.row, change.after, user, in_review=bool(piece.copy and piece.copy.in_review))

"""The spreadsheet for translators: a row for each text, its English beside its Japanese."""

from copy import deepcopy
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.content import snapshot
from recruit_site.content.models import Sluggable
from recruit_site.content.translated_fields import translated_fields
from recruit_site.editing.models import TranslationStatus
from recruit_site.import_export.import_plan import PlannedChange, RowError, Sheet, pieces, row_error
from recruit_site.spreadsheets.tables import Column
from recruit_site.spreadsheets.texts import joined_digests, shown
from recruit_site.web.admin_page import visible_admins

MISSING, OUTDATED, CURRENT = TranslationStatus.State
#: The label and the states of the texts to export, by the value of the form's field.
WANTED = {
    "todo": (gettext_lazy("Missing or out of date"), {MISSING, OUTDATED}),
    "missing": (MISSING.label, {MISSING}),
    "outdated": (OUTDATED.label, {OUTDATED}),
    "all": (gettext_lazy("Everything"), {MISSING, OUTDATED, CURRENT, ""}),
}


class TranslationSheet(Sheet):
    """All texts that a user may see. Only their English is imported."""

    name = "translations"
    label = gettext_lazy("Translate in a spreadsheet")
    unknown = gettext_lazy("The site has no such text. It was deleted, or the key was changed.")
    columns = (
        Column("key", "キー", 30, needed=True),
        Column("kind", "種類", 12),
        Column("title", "題名", 24),
        Column("part", "部分", 18),
        Column("field", "項目", 12),
        Column("japanese", "日本語", 60, needed=True),
        Column("english", "英語", 60, written=True, needed=True),
        Column("checked", "英語は最新（xを記入）", 12, written=True),
        Column("state", "状態", 14),
        Column("limit", "文字数の上限", 8),
        Column("version", "版（変更しない）", 12, hidden=True, needed=True),
    )

    def __init__(self, request):
        super().__init__(request)
        self.admins = {
            of.model: of
            for of in visible_admins(request)
            if issubclass(of.model, Sluggable) and translated_fields(of.model)
        }

    @property
    def above(self):
        """The (URL, name) of the page that links to this one."""
        return reverse("translations"), _("Is the English up to date?")

    @property
    def is_open(self):
        return bool(self.admins)

    @property
    def wanted(self):
        return [(value, label) for value, (label, _states) in WANTED.items()]

    @property
    def kinds(self):
        return [(model._meta.label_lower, model._meta.verbose_name_plural) for model in self.admins]

    def guide(self):
        return [
            _("Write the English into the column “english”. Everything else stays as it is."),
            _("Leave a cell empty to leave its English as it is on the site; nothing is ever deleted."),
            _("Write x into “checked” where the English is out of date but still right."),
            _("An empty line makes a paragraph, “- ” at the start of a line a list, **bold**, [text](address)."),
            _("Save as .xlsx and import the file on the same page. You see every change before it is written."),
        ]

    def rows(self, wanted, kind=""):
        """Yield the rows of an export: texts in a state of WANTED[wanted], of one `kind` (a model label) or of all."""
        confirmed = {(row.model, row.slug, row.part): row.confirmed for row in TranslationStatus.objects.all()}
        for model in self.admins:
            label = model._meta.label_lower
            for piece in pieces(model) if kind in ("", label) else ():
                for text in texts_of(PlannedChange(model, piece, piece.data)):
                    confirmed_texts = confirmed.get((label, piece.row.slug, text.part))
                    state = state_of(text.model, text.field, text.unit, confirmed_texts)
                    if state in WANTED[wanted][1] and (text.japanese or text.english):
                        yield text.row(state)

    def named_now(self, key, renamed):
        if key.count("/") < 2:
            return key
        label, slug, rest = key.split("/", 2)
        return f"{label}/{renamed.get((label, slug), slug)}/{rest}"

    def targets(self, keys):
        slugs = {key.split("/")[1] for key in keys if "/" in key}
        changes = (
            PlannedChange(model, piece, deepcopy(piece.data), {})
            for model in self.admins
            for piece in pieces(model, slugs)
        )
        return {text.key: text for change in changes for text in texts_of(change)}

    def texts(self, text):
        return {"japanese": text.japanese, "english": text.english}

    def take(self, plan, row, text):
        if text is None:
            raise RowError(_("The row has no key."))
        super().take(plan, row, text)

    def check(self, text, new, stale):
        piece = text.change.piece
        if "japanese" in new:
            raise RowError(_("The Japanese was changed in the file. Japanese is changed in the form, not here."))
        if "japanese" in stale:
            raise RowError(_("The Japanese has changed since the export: export again and translate what is new."))
        if new and stale:
            raise RowError(_("Someone else has changed this English since the export: export again."))
        if not self.admins[text.change.model].has_change_permission(self.request, piece.row):
            raise RowError(_("You may not change this text."))
        if not new and not text.english:
            raise RowError(_("Marked as checked, but there is no English yet."))
        if not new and piece.copy:
            raise RowError(_("This entry has a working copy: confirm its English in the form."))
        if new and (fault := row_error(text.model._meta.get_field(f"{text.field}_en"), new["english"])):
            raise RowError(f"english: {fault}")

    def put(self, plan, text, new):
        """Put new English into the PlannedChange; without new English, confirm the present English as up to date."""
        change = text.change
        if not change.confirmed:
            plan.changes.append(change)
        if new:
            text.unit[f"{text.field}_en"] = new["english"]
        else:
            change.checked.setdefault(text.part, []).append(text.field)
        change.confirmed.setdefault(text.part, []).append(text.field)


class Text(NamedTuple):
    """One text of a piece. `unit` is the part of the PlannedChange's next snapshot that holds it."""

    change: PlannedChange
    part: str
    model: type
    unit: dict
    field: str

    @property
    def key(self):
        """The stable key of the text: faq.question/housing/title, interviews.interview/x/answers/why/text."""
        piece = self.change.piece.row
        return "/".join([piece._meta.label_lower, piece.slug, *self.part.split(), self.field])

    @property
    def japanese(self):
        return self.unit[f"{self.field}_ja"]

    @property
    def english(self):
        return self.unit[f"{self.field}_en"]

    def row(self, state):
        """Return the row of this text in an export."""
        piece, meta, texts = self.change.piece.row, self.model._meta, [shown(self.japanese), shown(self.english)]
        return {
            "key": self.key,
            "kind": str(piece._meta.verbose_name),
            "title": str(piece),
            "part": f"{meta.verbose_name} {self.unit.get('title_ja') or self.unit['slug']}" if self.part else "",
            "field": str(meta.get_field(self.field).verbose_name),
            "japanese": texts[0],
            "english": texts[1],
            "checked": "",
            "state": str(state.label) if state else "",
            "limit": str(meta.get_field(f"{self.field}_en").max_length or ""),
            "version": joined_digests(texts),
        }


def texts_of(change):
    """Yield the Texts of a PlannedChange's next snapshot."""
    for part, model, unit in snapshot.units(change.model, change.after):
        for field in translated_fields(model):
            yield Text(change, part, model, unit, field)


def state_of(model, field, unit, confirmed):
    """Return the TranslationStatus.State of one text, "" if it has no English and needs none.

    `confirmed` holds the Japanese texts of the unit that its English was confirmed for, None if they are unknown.
    """
    japanese, english = unit[f"{field}_ja"], unit[f"{field}_en"]
    is_independent = field in getattr(model, "language_specific_fields", ())
    if not english:
        return "" if is_independent or not japanese else MISSING
    is_current = is_independent or confirmed is None or not japanese or confirmed.get(field) == japanese
    return CURRENT if is_current else OUTDATED

"""The shape in which translators work: a row for each text, its English beside its Japanese."""

from copy import deepcopy
from typing import NamedTuple

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.editing import snapshot
from recruit_site.editing.translated import Translation
from recruit_site.localised import translated_fields
from recruit_site.publishing import Sluggable
from recruit_site.sheets.plans import Change, Plan, fault_of, not_text, pieces
from recruit_site.sheets.tables import Column
from recruit_site.sheets.texts import canonical, mark, marks, shown, version
from recruit_site.slugs import renames

MISSING, OUTDATED, CURRENT = Translation.State
#: Which texts are exported, by the value of the form's field.
WANTED = {
    "todo": (gettext_lazy("Missing or out of date"), {MISSING, OUTDATED}),
    "missing": (MISSING.label, {MISSING}),
    "outdated": (OUTDATED.label, {OUTDATED}),
    "all": (gettext_lazy("Everything"), {MISSING, OUTDATED, CURRENT, ""}),
}


class TranslationSheet:
    """All texts that a user may see. Only their English is written back."""

    name = "translations"
    label = gettext_lazy("Translate in a spreadsheet")
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
        self.request = request
        self.admins = {
            model: model_admin
            for model, model_admin in admin.site._registry.items()
            if issubclass(model, Sluggable)
            and translated_fields(model)
            and model_admin.has_view_or_change_permission(request)
        }

    @property
    def above(self):
        """The page that leads here: its address and its name."""
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

    def rows(self, wanted="", kind=""):
        """Yield the rows of an export: texts of the states and of the kind of content that are wanted."""
        states = WANTED.get(wanted, WANTED["todo"])[1]
        confirmed = {(row.model, row.slug, row.part): row.confirmed for row in Translation.objects.all()}
        for model in self.admins:
            label = model._meta.label_lower
            for piece in pieces(model) if kind in ("", label) else ():
                for part, unit_model, unit in snapshot.units(model, piece.data):
                    for field in translated_fields(unit_model):
                        state = state_of(unit_model, field, unit, confirmed.get((label, piece.row.slug, part)))
                        if state in states and (unit[f"{field}_ja"] or unit[f"{field}_en"]):
                            yield self._row(piece, part, unit_model, unit, field, state)

    def _row(self, piece, part, unit_model, unit, field, state):
        japanese, english = shown(unit[f"{field}_ja"]), shown(unit[f"{field}_en"])
        return {
            "key": key_of(type(piece.row), piece.row.slug, part, field),
            "kind": str(piece.row._meta.verbose_name),
            "title": str(piece.row),
            "part": f"{unit_model._meta.verbose_name} {unit.get('title_ja') or unit['slug']}" if part else "",
            "field": str(unit_model._meta.get_field(field).verbose_name),
            "japanese": japanese,
            "english": english,
            "checked": "",
            "state": str(state.label) if state else "",
            "limit": str(unit_model._meta.get_field(f"{field}_en").max_length or ""),
            "version": version([japanese, english]),
        }

    def plan(self, rows):
        """Return the Plan of what the Rows of a file change, compared with the content of now."""
        plan, seen, renamed = Plan(), {}, renames()
        keys = {row.number: named_now(row.cells["key"], renamed) for row in rows}
        texts = self._texts({key.split("/")[1] for key in keys.values() if key.count("/") > 1})
        for row in rows:
            key = keys[row.number]
            if fault := not_text(row):
                plan.refuse(row, key, fault)
            elif not key:
                plan.refuse(row, key, _("The row has no key."))
            elif key not in texts:
                plan.refuse(row, key, _("The site has no such text. It was deleted, or the key was changed."))
            elif key in seen:
                plan.refuse(row, key, _("The same key stands in row %d already: delete one of the two.") % seen[key])
            elif fault := self._take(plan, row, texts[key]):
                plan.refuse(row, key, fault)
            seen.setdefault(key, row.number)
        changes = {id(text.change): text.change for text in texts.values()}.values()
        plan.changes = [change for change in changes if change.confirmed]
        return plan

    def _texts(self, slugs):
        """Return the Texts of the pieces with these slugs, by their keys."""
        texts = {}
        for model in self.admins:
            for piece in pieces(model, slugs):
                change = Change(model, piece, deepcopy(piece.data), confirmed={})
                for part, unit_model, unit in snapshot.units(model, change.after):
                    for field in translated_fields(unit_model):
                        key = key_of(model, piece.row.slug, part, field)
                        texts[key] = Text(change, part, unit_model, unit, field)
        return texts

    def _take(self, plan, row, text):
        """Take a row over into the Change of its piece. Return why it cannot be taken, or ""."""
        cells, told, change = row.cells, marks(row.cells["version"]), text.change
        if len(told) != 2:
            return _("The cell “version” was changed: export again and copy your English over.")
        if cells["japanese"] and mark(cells["japanese"]) != told[0]:
            return _("The Japanese was changed in the file. Japanese is changed in the form, not here.")
        now = canonical(text.unit[f"{text.field}_en"])
        is_new = cells["english"] not in ("", now) and mark(cells["english"]) != told[1]
        if not is_new and not cells["checked"]:
            plan.unchanged += 1
            return ""
        if mark(text.unit[f"{text.field}_ja"]) != told[0]:
            return _("The Japanese has changed since the export: export again and translate what is new.")
        if is_new and mark(now) != told[1]:
            return _("Someone else has changed this English since the export: export again.")
        if not self.admins[change.model].has_change_permission(self.request, change.piece.row):
            return _("You may not change this text.")
        if not is_new and not now:
            return _("Marked as checked, but there is no English yet.")
        if not is_new and change.piece.copy:
            return _("This entry has a working copy: confirm its English in the form.")
        if is_new:
            if fault := fault_of(text.model._meta.get_field(f"{text.field}_en"), cells["english"]):
                return fault
            text.unit[f"{text.field}_en"] = cells["english"]
        else:
            change.checked.setdefault(text.part, []).append(text.field)
        change.confirmed.setdefault(text.part, []).append(text.field)
        plan.rows.append(row)
        return ""


class Text(NamedTuple):
    """One text of a piece: `unit` is the part of the Change's next snapshot in which it stands."""

    change: Change
    part: str
    model: type
    unit: dict
    field: str


def key_of(model, slug, part, field):
    """Return the stable name of a text: faq.question/housing/title, interviews.interview/x/answers/why/text."""
    return "/".join([model._meta.label_lower, slug, *part.split(), field])


def named_now(key, renamed):
    """Return a key with the present slug of its piece; `renamed` as slugs.renames gives it."""
    if not isinstance(key, str) or key.count("/") < 2:
        return key if isinstance(key, str) else ""
    label, slug, rest = key.split("/", 2)
    return f"{label}/{renamed.get((label, slug), slug)}/{rest}"


def state_of(model, field, unit, confirmed):
    """Return the Translation.State of one text, "" where English is neither there nor asked for.

    `confirmed` are the Japanese texts of its unit that the English was confirmed for, None where that is unknown.
    """
    japanese, english = unit[f"{field}_ja"], unit[f"{field}_en"]
    of_its_own = field in getattr(model, "of_each_language", ())
    if not english:
        return "" if of_its_own or not japanese else MISSING
    same = of_its_own or confirmed is None or not japanese or confirmed.get(field) == japanese
    return CURRENT if same else OUTDATED

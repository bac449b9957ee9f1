"""The shape in which a whole piece is one row, both languages side by side: made for questions and answers.

It fits every kind of content without parts. New rows become drafts.
"""

from django.contrib import admin
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from recruit_site.editing.compare import label_of
from recruit_site.editing.translated import Translation
from recruit_site.localised import translated_fields
from recruit_site.sheets.plans import Change, Plan, fault_of, not_text, pieces
from recruit_site.sheets.tables import Column
from recruit_site.sheets.texts import canonical, mark, marks, shown, version
from recruit_site.sheets.translations import WANTED, state_of
from recruit_site.slugs import renames


class PieceSheet:
    """All pieces of a model: what they stand under (`ordered_within`) and their texts."""

    kinds = ()

    def __init__(self, model, request):
        self.model, self.request = model, request
        self.admin = admin.site.get_model_admin(model)
        self.name = f"{model._meta.model_name}s"
        self.label = _("%s in a spreadsheet") % model._meta.verbose_name_plural
        self.groups = list(model.ordered_within)
        self.texts = [name for name in translated_fields(model) if name not in model.of_each_language]
        self.fields = [*self.groups, *(f"{name}_{language}" for name in self.texts for language in ("ja", "en"))]
        with translation.override("ja"):
            self.columns = (
                Column("slug", str(model._meta.get_field("slug").verbose_name), 24, needed=True),
                *(Column(name, str(model._meta.get_field(name).verbose_name), 16, True) for name in self.groups),
                *(
                    Column(name, label_of(model._meta.get_field(name)), 50, True, needed=True)
                    for name in self.fields
                    if name not in self.groups
                ),
                Column("state", "公開の状態", 12),
                Column("english", "英語の状態", 16),
                Column("version", "版（変更しない）", 12, hidden=True, needed=True),
            )

    @property
    def above(self):
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"), meta.verbose_name_plural

    @property
    def is_open(self):
        return self.admin.has_view_or_change_permission(self.request)

    @property
    def wanted(self):
        return [(value, label) for value, (label, _states) in reversed(WANTED.items())]

    def guide(self):
        return [
            _("Change texts of both languages. An empty cell leaves the text of the site as it is."),
            _("A row without slug and version becomes a new draft. Give its group by the slug that other rows show."),
            _("An empty line makes a paragraph, “- ” at the start of a line a list, **bold**, [text](address)."),
        ]

    def rows(self, wanted="", kind=""):
        """Yield the rows of an export: the pieces of which some text has a wanted state."""
        states = WANTED.get(wanted, WANTED["all"])[1]
        confirmed = dict(
            Translation.objects.filter(model=self.model._meta.label_lower, part="").values_list("slug", "confirmed")
        )
        for piece in pieces(self.model):
            told = confirmed.get(piece.row.slug)
            found = {state_of(self.model, name, piece.data, told) for name in self.texts}
            if found & states:
                cells = {name: shown(piece.data[name]) for name in self.fields}
                yield cells | {
                    "slug": piece.row.slug,
                    "state": piece.row.get_state_display(),
                    "english": ", ".join(str(state.label) for state in Translation.State if state in found),
                    "version": version(cells.values()),
                }

    def plan(self, rows):
        """Return the Plan of what the Rows of a file change, compared with the content of now."""
        plan, seen, renamed = Plan(), {}, renames()
        there = {piece.row.slug: piece for piece in pieces(self.model)}
        titles = {piece.data["title_ja"] for piece in there.values()}
        for row in rows:
            slug = row.cells["slug"]
            slug = renamed.get((self.model._meta.label_lower, slug), slug)
            fault = not_text(row)
            if not fault and slug and slug not in there:
                fault = _("The site has no such entry. Leave the cell empty to add a new one.")
            elif not fault and slug and slug in seen:
                fault = _("The same key stands in row %d already: delete one of the two.") % seen[slug]
            elif not fault:
                fault = self._change(plan, row, there[slug]) if slug else self._add(plan, row, titles)
            if fault:
                plan.refuse(row, slug if isinstance(slug, str) else "", fault)
            seen.setdefault(slug, row.number)
        return plan

    def _change(self, plan, row, piece):
        """Plan the change of a piece that is there. Return why it cannot be changed, or ""."""
        told = dict(zip(self.fields, marks(row.cells["version"]), strict=False))
        if len(told) != len(self.fields):
            return _("The cell “version” was changed: export again and copy your texts over.")
        new = {
            name: row.cells[name]
            for name in self.fields
            if row.cells[name] not in ("", canonical(piece.data[name])) and mark(row.cells[name]) != told[name]
        }
        if not new:
            plan.unchanged += 1
            return ""
        if any(mark(piece.data[name]) != told[name] for name in self.fields):
            return _("This entry has changed since the export: export again.")
        if not self.admin.has_change_permission(self.request, piece.row):
            return _("You may not change this text.")
        if self.admin.only_translates(self.request) and any(not name.endswith("_en") for name in new):
            return _("You may change the English alone.")
        if fault := self._fault(new):
            return fault
        plan.changes.append(Change(self.model, piece, piece.data | new))
        plan.rows.append(row)
        return ""

    def _add(self, plan, row, titles):
        """Plan a new piece. Return why it cannot be added, or ""."""
        new = {name: row.cells[name] for name in self.fields if row.cells[name]}
        if row.cells["version"]:
            return _("The slug of this row was deleted: put it back, or delete the version too to add a new entry.")
        if not self.admin.has_add_permission(self.request):
            return _("You may not add entries.")
        if missing := [name for name in (*self.groups, "title_ja") if name not in new]:
            return _("A new entry needs: %s") % ", ".join(missing)
        if new["title_ja"] in titles:
            return _("There is an entry with this Japanese title already: give its slug to change it.")
        if fault := self._fault(new):
            return fault
        titles.add(new["title_ja"])
        plan.changes.append(Change(self.model, None, new))
        plan.rows.append(row)
        return ""

    def _fault(self, new):
        faults = ((name, fault_of(self.model._meta.get_field(name), text)) for name, text in new.items())
        return "; ".join(f"{name}: {fault}" for name, fault in faults if fault)

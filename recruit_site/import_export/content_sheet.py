"""The spreadsheet with one row for each piece, both languages side by side: made for questions and answers.

It fits every model without parts. New rows become drafts.
"""

from django.contrib import admin
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.content.diff import label_of
from recruit_site.content.models import Publishable
from recruit_site.content.translated_fields import translated_fields
from recruit_site.editing.models import TranslationStatus
from recruit_site.import_export.import_plan import PlannedChange, RowError, Sheet, pieces, row_error
from recruit_site.import_export.translation_sheet import WANTED, state_of
from recruit_site.spreadsheets.tables import Column
from recruit_site.spreadsheets.texts import joined_digests, shown
from recruit_site.web.admin_page import list_address


def reading_place(model):
    """Return the key that sorts names of fields: the model's own in the order of its public fields, then notes."""
    own = [name for name in model.public_fields if name not in Publishable.public_fields]
    return (own + list(Publishable.public_fields)).index


class PieceSheet(Sheet):
    """All pieces of a model: the fields that group them (`ordered_within`) and their texts."""

    unknown = gettext_lazy("The site has no such entry. Leave the cell empty to add a new one.")

    def __init__(self, model, request):
        super().__init__(request)
        self.model = model
        self.admin = admin.site.get_model_admin(model)
        self.name = f"{model._meta.model_name}s"
        self.label = _("%s in a spreadsheet") % model._meta.verbose_name_plural
        self.groups = list(model.ordered_within)
        translated = [name for name in translated_fields(model) if name not in model.language_specific_fields]
        self.translated = sorted(translated, key=reading_place(model))
        self.fields = [*self.groups, *(f"{name}_{language}" for name in self.translated for language in ("ja", "en"))]
        with translation.override("ja"):
            labels = {name: label_of(self.field(name)) for name in ("slug", *self.fields)}
        self.columns = (
            Column("slug", labels["slug"], 24, needed=True),
            *(Column(name, labels[name], 16, True) for name in self.groups),
            *(Column(name, labels[name], 50, True, needed=True) for name in self.fields if name not in self.groups),
            Column("state", "公開の状態", 12),
            Column("english", "英語の状態", 16),
            Column("version", "版（変更しない）", 12, hidden=True, needed=True),
        )

    def field(self, name):
        return self.model._meta.get_field(name)

    @property
    def above(self):
        """The (URL, name) of the page that links to this one."""
        return list_address(self.model), self.model._meta.verbose_name_plural

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

    def rows(self, wanted, kind=""):
        """Yield the rows of an export: the pieces with at least one text in a state of WANTED[wanted]."""
        statuses = TranslationStatus.objects.filter(model=self.model._meta.label_lower, part="")
        confirmed = dict(statuses.values_list("slug", "confirmed"))
        for piece in pieces(self.model):
            states = {state_of(self.model, name, piece.data, confirmed.get(piece.row.slug)) for name in self.translated}
            if states & WANTED[wanted][1]:
                cells = {name: shown(piece.data[name]) for name in self.fields}
                yield cells | {
                    "slug": piece.row.slug,
                    "state": piece.row.get_state_display(),
                    "english": ", ".join(str(state.label) for state in TranslationStatus.State if state in states),
                    "version": joined_digests(cells.values()),
                }

    def named_now(self, slug, renamed):
        return renamed.get((self.model._meta.label_lower, slug), slug)

    def targets(self, keys):
        pieces_by_slug = {piece.row.slug: piece for piece in pieces(self.model)}
        self.titles = {piece.data["title_ja"] for piece in pieces_by_slug.values()}
        return pieces_by_slug

    def texts(self, piece):
        return {name: piece.data[name] for name in self.fields}

    def take(self, plan, row, piece):
        if piece:
            super().take(plan, row, piece)
        else:
            new = {name: row.cells[name] for name in self.fields if row.cells[name]}
            self.check_new(new, row)
            self.titles.add(new["title_ja"])
            self.put(plan, None, new)
            plan.rows.append(row)

    def check_new(self, new, row):
        """Raise RowError where a row without a slug cannot become a new piece."""
        if row.cells["version"]:
            raise RowError(
                _("The slug of this row was deleted: put it back, or delete the version too to add a new entry.")
            )
        if not self.admin.has_add_permission(self.request):
            raise RowError(_("You may not add entries."))
        if missing := [name for name in (*self.groups, "title_ja") if name not in new]:
            raise RowError(_("A new entry needs: %s") % ", ".join(missing))
        if new["title_ja"] in self.titles:
            raise RowError(_("There is an entry with this Japanese title already: give its slug to change it."))
        self.check_texts(new)

    def check(self, piece, new, stale):
        if stale:
            raise RowError(_("This entry has changed since the export: export again."))
        if not self.admin.has_change_permission(self.request, piece.row):
            raise RowError(_("You may not change this text."))
        if self.admin.only_translates(self.request) and any(not name.endswith("_en") for name in new):
            raise RowError(_("You may change the English alone."))
        self.check_texts(new)

    def check_texts(self, new):
        faults = {name: row_error(self.field(name), text) for name, text in new.items()}
        if any(faults.values()):
            raise RowError("; ".join(f"{name}: {fault}" for name, fault in faults.items() if fault))

    def put(self, plan, piece, new):
        plan.changes.append(PlannedChange(self.model, piece, piece.data | new if piece else new))

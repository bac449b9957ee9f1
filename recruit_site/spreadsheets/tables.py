"""Tables in files: columns identified by name, rows of texts, and the reasons to refuse a file or a cell."""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

from recruit_site.spreadsheets.limits import LONGEST, MOST_ROWS
from recruit_site.spreadsheets.texts import canonical, length


class FileRefused(ValueError):
    """The error for a file that cannot be read as a table. The message says why, and what to do."""


class InvalidCell(NamedTuple):
    """A cell that cannot be imported as text. `reason` says why, and what to do."""

    reason: str


class Column(NamedTuple):
    """A column of a table. An import identifies it by `name`; `label` is the same in Japanese.

    `width` is in characters. Staff are meant to change the texts of `written` columns. A file must have the `needed`
    columns.
    """

    name: str
    label: str
    width: int = 12
    written: bool = False
    hidden: bool = False
    needed: bool = False

    @property
    def heading(self):
        return f"{self.name} {self.label}"


class TableRow(NamedTuple):
    """A row of a file: its number as spreadsheet programs show it, and its cells by column name."""

    number: int
    cells: dict


def read(sheets, columns):
    """Return the TableRows of the only sheet that has all needed columns.

    `sheets` are iterables of rows. A row is a list of cells; a cell is a str or InvalidCell. Unknown columns and empty
    rows are skipped. Raises FileRefused.
    """
    needed = [column for column in columns if column.needed]
    tables, missing_columns = [], []
    for sheet in sheets:
        rows = numbered(sheet)
        places = column_indexes(next((cells for _number, cells in rows if any(cells)), []))
        if missing := [column.heading for column in needed if column.name not in places]:
            missing_columns.append(missing)
        else:
            tables.append(list(rows_of(rows, {column.name: places.get(column.name) for column in columns})))
    if len(tables) > 1:
        raise FileRefused(_("More than one sheet of this file has the columns: keep one."))
    if not tables:
        missing = min(missing_columns, key=len, default=[column.heading for column in needed])
        raise FileRefused(
            _("The first row must name the columns as they were exported. Missing: %s") % ", ".join(missing)
        )
    return tables[0]


def numbered(sheet):
    """Yield (row number, cells) of a sheet. Raises FileRefused if it has more than MOST_ROWS rows."""
    for number, cells in enumerate(sheet, 1):
        if number > MOST_ROWS + 1:
            raise FileRefused(_("The file has more than %d rows: split it into several.") % MOST_ROWS)
        yield number, cells


def column_indexes(headings):
    """Return {column name: index} for a row of headings. The name of a column is the first word of its heading.

    Raises FileRefused if a name occurs twice.
    """
    places = {}
    for place, heading in enumerate(headings):
        name = heading.split()[0].casefold() if isinstance(heading, str) and heading.strip() else ""
        if name and name in places:
            raise FileRefused(_("The column “%s” is there twice: delete one of them.") % heading)
        places[name] = place
    return places


def rows_of(rows, places):
    """Yield the TableRows that are not empty.

    `places` maps each column name to its index in the file, or to None if the file lacks the column.
    """
    for number, values in rows:
        cells = {
            name: validate_cell(values[place]) if place is not None and place < len(values) else ""
            for name, place in places.items()
        }
        if any(cells.values()):
            yield TableRow(number, cells)


def validate_cell(cell):
    """Return a cell as canonical text, or as InvalidCell if it cannot be imported."""
    if isinstance(cell, InvalidCell):
        return cell
    if length(cell) > LONGEST:
        return InvalidCell(_("This text is longer than a cell may be (%d characters): write it in the form.") % LONGEST)
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\r\n\t" for character in cell):
        return InvalidCell(_("This text holds control characters: type it anew."))
    return canonical(cell)


#: The start of a text that spreadsheet programs run as a formula in a file without cell types, such as CSV.
ACTIVE = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def escape_formula(text):
    """Return a text for a file without cell types, with ' in front if programs would run it as a formula."""
    return f"'{text}" if ACTIVE.match(text) else text


def read_csv_cell(cell):
    """Return the text of a cell of a file without cell types, which reverses `escape_formula`.

    A hyphen or plus sign followed by a space begins a list, not a formula. Nobody writes formulas in full width.
    """
    if cell.startswith("'") and ACTIVE.match(cell):
        return cell[1:]
    if ACTIVE.match(cell) and not re.match(r"[+\-]\s|[＝＋－＠\n]", cell) and cell.strip():
        return InvalidCell(_("This looks like a formula. If it is text, write ' in front of it."))
    return cell

"""A table in a file: columns that are known by name, rows of texts, and what is refused before it is read."""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

from recruit_site.spreadsheets.limits import LONGEST, MOST_ROWS
from recruit_site.spreadsheets.texts import canonical, length


class FileRefused(ValueError):
    """A file cannot be read as a table; the message says why and what to do."""


class NotText(NamedTuple):
    """A cell that holds something else than text; `reason` says what, and what to do."""

    reason: str


class Column(NamedTuple):
    """A column of a table. The name is what a file is read by; the label says it in Japanese.

    `width` is in characters; `written` columns are those whose texts are meant to be changed; a file must have
    the `needed` ones.
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
    """A row of a file: its number as programs show it, and its cells by the names of their columns."""

    number: int
    cells: dict


def read(sheets, columns):
    """Return the TableRows of the one sheet that has the needed columns.

    `sheets` are iterables of rows; a row is a list of cells, a cell a str or NotText. Unknown columns are passed
    over, and so are empty rows. Raises FileRefused.
    """
    needed = [column for column in columns if column.needed]
    found, lacking = [], []
    for sheet in sheets:
        rows = numbered(sheet)
        places = places_of(next((cells for _number, cells in rows if any(cells)), []))
        if missing := [column.heading for column in needed if column.name not in places]:
            lacking.append(missing)
        else:
            found.append(list(rows_of(rows, {column.name: places.get(column.name) for column in columns})))
    if len(found) > 1:
        raise FileRefused(_("More than one sheet of this file has the columns: keep one."))
    if not found:
        missing = min(lacking, key=len, default=[column.heading for column in needed])
        raise FileRefused(
            _("The first row must name the columns as they were exported. Missing: %s") % ", ".join(missing)
        )
    return found[0]


def numbered(sheet):
    """Yield (row number, cells) of a sheet. Raises FileRefused after MOST_ROWS."""
    for number, cells in enumerate(sheet, 1):
        if number > MOST_ROWS + 1:
            raise FileRefused(_("The file has more than %d rows: split it into several.") % MOST_ROWS)
        yield number, cells


def places_of(headings):
    """Return {name of a column: its place}; the name is the first word of a heading."""
    places = {}
    for place, heading in enumerate(headings):
        name = heading.split()[0].casefold() if isinstance(heading, str) and heading.strip() else ""
        if name and name in places:
            raise FileRefused(_("The column “%s” is there twice: delete one of them.") % heading)
        places[name] = place
    return places


def rows_of(rows, places):
    """Yield the TableRows that are not empty; `places` as places_of gives them, None for a column that is not there."""
    for number, values in rows:
        cells = {
            name: checked(values[place]) if place is not None and place < len(values) else ""
            for name, place in places.items()
        }
        if any(cells.values()):
            yield TableRow(number, cells)


def checked(cell):
    if isinstance(cell, NotText):
        return cell
    if length(cell) > LONGEST:
        return NotText(_("This text is longer than a cell may be (%d characters): write it in the form.") % LONGEST)
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\r\n\t" for character in cell):
        return NotText(_("This text holds control characters: type it anew."))
    return canonical(cell)


#: What spreadsheet programs run as a formula when they find it in a file without types.
ACTIVE = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def neutralised(text):
    """Return a text as a file without types may hold it: with ' in front where it would run as a formula."""
    return f"'{text}" if ACTIVE.match(text) else text


def as_text(cell):
    """Return what a cell of a file without types says: the reverse of `neutralised`, or NotText.

    A hyphen or plus sign with a space after it begins a list, not a formula; nor does anyone write one in full width.
    """
    if cell.startswith("'") and ACTIVE.match(cell):
        return cell[1:]
    if ACTIVE.match(cell) and not re.match(r"[+\-]\s|[＝＋－＠\n]", cell) and cell.strip():
        return NotText(_("This looks like a formula. If it is text, write ' in front of it."))
    return cell

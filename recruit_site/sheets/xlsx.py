"""XLSX: written with openpyxl; read as a stream and with limits, since what comes back may be hostile.

Only texts are read. Of anything else that a cell holds, the kind is told.
"""

import io
import posixpath
import re

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from recruit_site.sheets.archive import Archive, refusing_what_is_damaged
from recruit_site.sheets.tables import MOST_COLUMNS, MOST_ROWS, FileRefused, NotText

GREY = PatternFill("solid", fgColor="EDEDED")
WRAPPED = Alignment(wrap_text=True, vertical="top")
#: What XML cannot hold stands in a cell as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), and so does what looks like it.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write(columns, rows, guide=(), title="翻訳 Texts"):
    """Return an XLSX file as bytes: the table, and, where there is one, a second sheet with the lines of a guide."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.append([_cell(sheet, column.heading, bold=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, row[column.name], column.written) for column in columns])
    if guide:
        sheet = book.create_sheet("説明 How to use")
        sheet.column_dimensions["A"].width = 100
    for line in guide:
        sheet.append([_cell(sheet, line, written=True)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet, text, written=False, bold=False):
    """Return a cell that is text whatever it begins with, and stays text when someone types into it."""
    cell = WriteOnlyCell(sheet, UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
    cell.data_type = "s"
    cell.number_format, cell.quotePrefix, cell.alignment = "@", True, WRAPPED
    if not written:
        cell.fill = GREY
    if bold:
        cell.font = Font(bold=True)
    return cell


def sheets(data):
    """Return the tables of the visible sheets. Raises FileRefused, also while they are read."""
    archive = Archive(data)
    with refusing_what_is_damaged():
        if "xl/workbook.xml" not in archive:
            raise FileRefused(_("This is no Excel file (.xlsx), whatever its name says."))
        targets = {
            attributes["Id"]: posixpath.normpath(posixpath.join("/xl", attributes["Target"]))[1:]
            for kind, tag, attributes in archive.events("xl/_rels/workbook.xml.rels")
            if kind == "start" and tag == "Relationship" and attributes.get("TargetMode") != "External"
        }
        visible = [
            targets[next(value for name, value in attributes.items() if name.endswith(" id"))]
            for kind, tag, attributes in archive.events("xl/workbook.xml")
            if kind == "start" and tag == "sheet" and attributes.get("state", "visible") == "visible"
        ]
        texts = _shared(archive) if "xl/sharedStrings.xml" in archive else []
        return [_rows(archive, path, texts) for path in visible]


def _shared(archive):
    """Return the texts that cells refer to by number, without the readings that Japanese Excel adds (rPh)."""
    texts, current, reading = [], [], False
    for kind, tag, value in archive.events("xl/sharedStrings.xml"):
        if tag == "rPh":
            reading = kind == "start"
        elif tag == "si" and kind == "start":
            current = []
        elif tag == "si":
            texts.append(_unescaped("".join(current)))
        elif tag == "t" and kind == "end" and not reading:
            current.append(value)
    return texts


def _unescaped(text):
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _rows(archive, path, texts):
    """Yield (row number, cells) of a sheet; a cell is a str or NotText."""
    number, cells, cell, reading = 0, [], None, False
    with refusing_what_is_damaged():
        for kind, tag, value in archive.events(path):
            if kind == "start" and tag == "row":
                number, cells = int(value.get("r", number + 1)), []
                if number > MOST_ROWS + 1:
                    raise FileRefused(_("The file has more than %d rows: split it into several.") % MOST_ROWS)
            elif kind == "start" and tag == "c":
                letters = re.match("[A-Z]+", value.get("r", ""))
                cell = {
                    "place": column_index_from_string(letters[0]) if letters else len(cells) + 1,
                    "kind": value.get("t", "n"),
                    "text": "",
                }
            elif tag == "rPh":
                reading = kind == "start"
            elif cell is not None and kind == "start" and tag == "f":
                cell["kind"] = "formula"
            elif cell is not None and kind == "end" and (tag == "v" or (tag == "t" and not reading)):
                cell["text"] += value
            elif kind == "end" and tag == "c":
                if cell["place"] <= MOST_COLUMNS:
                    cells += [""] * (cell["place"] - len(cells))
                    cells[cell["place"] - 1] = _content(cell["kind"], cell["text"], texts)
                cell = None
            elif kind == "end" and tag == "row":
                yield number, cells
            elif kind == "start" and tag == "mergeCell":
                raise FileRefused(_("Cells are merged (%s): undo that, then import again.") % value.get("ref", ""))


def _content(kind, text, texts):
    """Return what a cell of a kind (ECMA-376 part 1, 18.18.11) says."""
    if kind == "formula":
        return NotText(_("This is a formula: write the text itself."))
    if not text:
        return ""
    if kind == "s":
        return texts[int(text)]
    if kind in ("inlineStr", "str"):
        return _unescaped(text)
    return NotText(_("This is a number, a date or an error, not text: write ' in front of it."))

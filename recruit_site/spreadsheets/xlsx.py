"""XLSX files. openpyxl writes them with every cell as text, and reads them in a separate process (`xlsx_reader`).

Only texts are read. A cell with any other value becomes InvalidCell, which names the kind of value.
"""

import io
import json
import os
import re
import subprocess
import sys

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from recruit_site.spreadsheets import xlsx_reader
from recruit_site.spreadsheets.tables import FileRefused, InvalidCell

GREY = PatternFill("solid", fgColor="EDEDED")
WRAPPED = Alignment(wrap_text=True, vertical="top")
#: Characters that XML cannot hold, and underscores that would begin an escape (see `xlsx_reader.ESCAPED`).
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
#: The messages for refused files, by the fault that the reader returns.
FAULTS = {
    "damaged": gettext_lazy("This file is damaged, or no Excel file (.xlsx): %s"),
    "effort": gettext_lazy(
        "This file has too many cells or too much formatting: copy the table into a new file, or split it into several."
    ),
    "entities": gettext_lazy("This file declares XML entities, which no spreadsheet program does."),
    "kind": gettext_lazy("This is no Excel file (.xlsx), whatever its name says."),
    "password": gettext_lazy("This file is protected by a password: save it without one."),
    "strict": gettext_lazy("This is a “Strict Open XML” file: save it as an ordinary Excel workbook (.xlsx)."),
    "text": gettext_lazy("The file holds too much text: split it into several."),
    "unpacked": gettext_lazy("Unpacked, this file is too large: split it into several."),
}


def write(columns, rows, guide=(), title="翻訳 Texts"):
    """Return an XLSX file as bytes: a sheet with the table and, if there is a guide, a second sheet with its lines."""
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
    """Return a cell of type text, whatever the text begins with. It stays text when someone types into it."""
    cell = WriteOnlyCell(sheet, UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
    cell.data_type = "s"
    cell.number_format, cell.quotePrefix, cell.alignment = "@", True, WRAPPED
    if not written:
        cell.fill = GREY
    if bold:
        cell.font = Font(bold=True)
    return cell


def read_sheets(data):
    """Return the rows of each visible sheet, from the bytes of an XLSX file.

    Raises FileRefused, also while the rows are iterated.
    """
    process = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "-m", xlsx_reader.__name__],
        input=data,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=os.environ | {"OPENPYXL_LXML": "False"},  # parse with defusedxml even where lxml is installed
    )
    if process.returncode:  # a limit ended the reader, or a bug, whose traceback is in the log
        raise FileRefused(str(FAULTS["effort"]))
    answer = json.loads(process.stdout.decode("utf-8", "surrogatepass"))
    if fault := answer.get("fault"):
        message = str(FAULTS[fault])
        raise FileRefused(message % answer["detail"] if fault == "damaged" else message)
    return [_rows(**sheet) for sheet in answer["sheets"]]


def _rows(rows, merged):
    for cells in rows:
        yield [_content(cell) for cell in cells]
    if merged:
        raise FileRefused(_("Cells are merged (%s): undo that, then import again.") % merged)


def _content(cell):
    """Return a cell that `xlsx_reader.content` encoded as a str or InvalidCell."""
    if cell.startswith("s") or not cell:
        return cell[1:]
    if cell == "f":
        return InvalidCell(_("This is a formula: write the text itself."))
    return InvalidCell(_("This is a number, a date or an error, not text: write ' in front of it."))

"""Rows of an uploaded spreadsheet. The content of the file decides its kind, not its name."""

from django.utils.translation import gettext as _

from recruit_site.spreadsheets import csv, tables, xlsx
from recruit_site.spreadsheets.limits import LARGEST_FILE
from recruit_site.spreadsheets.tables import FileRefused

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
#: The first bytes of an XLSX file, and of an old or encrypted Excel file.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def rows_of(file, columns):
    """Return (TableRows, warning) of an uploaded file; the warning is "" if there is none. Raises FileRefused."""
    if file.size > LARGEST_FILE:
        raise FileRefused(_("The file is larger than %d MB: split it into several.") % (LARGEST_FILE // 1024**2))
    data = file.read()
    if data.startswith(OLE):
        raise FileRefused(
            _("This is an Excel file of the old kind (.xls) or with a password: save it as .xlsx without one.")
        )
    if data.startswith(ZIP):
        return tables.read(xlsx.read_sheets(data), columns), ""
    sheets, encoding = csv.read_sheets(data)
    warning = ""
    if encoding == "cp932":
        warning = _(
            "This CSV file is in Shift_JIS, which has no characters such as – or é: programs write ? for them. "
            "Look for question marks below, or save as “CSV UTF-8”."
        )
    return tables.read(sheets, columns), warning

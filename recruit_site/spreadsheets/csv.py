"""CSV files as Excel writes and reads them."""

import csv
import io

from django.utils.translation import gettext as _

from recruit_site.spreadsheets.limits import MOST_COLUMNS
from recruit_site.spreadsheets.tables import FileRefused, escape_formula, read_csv_cell

csv.field_size_limit(1_000_000)


def write(columns, rows):
    """Return a CSV file as bytes: UTF-8 with a byte order mark, by which Excel recognises the encoding.

    Each row is a mapping of column names to texts.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in columns])
    writer.writerows([escape_formula(row[column.name]) for column in columns] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def read_sheets(data):
    """Return ([rows], encoding) of the bytes of a CSV file, which has one table.

    Raises FileRefused, also while the rows are iterated.
    """
    text, encoding = decoded(data)
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    return [_rows(text, delimiter)], encoding


def decoded(data):
    """Return (text, encoding) of the bytes of a CSV file.

    The encoding is UTF-16 with a byte order mark, UTF-8, or Shift_JIS (cp932), in which Japanese Excel saves CSV.
    Raises FileRefused for anything else.
    """
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    raise FileRefused(_("This is neither an Excel file (.xlsx) nor a CSV file."))


def _rows(text, delimiter):
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(cells) > MOST_COLUMNS:
                raise FileRefused(_("The file has more than %d columns.") % MOST_COLUMNS)
            yield [read_csv_cell(cell) for cell in cells]
    except csv.Error as error:
        raise FileRefused(_("This CSV file is damaged: %s") % error) from error

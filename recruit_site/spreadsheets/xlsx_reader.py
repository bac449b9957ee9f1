"""The reader of XLSX files, which runs in a process of its own.

Usage: `python -m recruit_site.spreadsheets.xlsx_reader < file.xlsx > answer.json`. It does not need Django.

openpyxl builds objects for whatever a file declares, so a small hostile file can take any amount of memory and time.
The operating system limits both for this process, so that such a file ends the reader and not the site.
"""

import io
import json
import re
import resource
import sys

from defusedxml.common import DefusedXmlException
from openpyxl.reader.excel import ExcelReader

from recruit_site.spreadsheets import limits

#: Bytes of memory and seconds of CPU: more than the largest file within the other limits takes.
MOST = {resource.RLIMIT_DATA: 128 * 1024**2, resource.RLIMIT_CPU: 10}
#: The escape in a cell for a character that XML cannot hold: _xHHHH_ (ECMA-376 part 1, 22.9.2.19).
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: A merged range. openpyxl's read-only mode does not report merged cells.
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([^"]*)"')


class Refused(Exception):
    """The error for a file that is not read. The message is a key of `xlsx.FAULTS`."""


def read_sheets(file):
    """Yield the visible sheets of an XLSX file: {"rows": lists of cells, "merged": the first merged range or ""}.

    Raises Refused.
    """
    reader = ExcelReader(file, read_only=True, keep_links=False)
    check(reader.archive)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    reader.read_worksheets()  # but no styles, theme and properties: texts need none of them
    room = limits.MOST_CHARACTERS
    for sheet, relation in reader.parser.find_sheets():
        if sheet.state == "visible":
            rows = []
            for cells in reader.wb[sheet.name].iter_rows(max_row=limits.MOST_ROWS + 2, max_col=limits.MOST_COLUMNS):
                rows.append([content(cell) for cell in cells])
                room -= sum(map(len, rows[-1])) + len(rows[-1])
                if room < 0:
                    raise Refused("text")
            merged = MERGED.search(reader.archive.read(relation.target))
            yield {"rows": rows, "merged": merged[1].decode() if merged else ""}


def check(archive):
    """Raise Refused if the ZIP directory or the workbook part shows that the file cannot be read."""
    members = archive.infolist()
    if len(members) > limits.MOST_MEMBERS or sum(member.file_size for member in members) > limits.LARGEST_UNPACKED:
        raise Refused("unpacked")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("password")
    if "xl/workbook.xml" not in archive.namelist():
        raise Refused("kind")
    if b"http://purl.oclc.org/ooxml/" in archive.read("xl/workbook.xml"):
        raise Refused("strict")


def content(cell):
    """Return a cell as a string: "" if it is empty, "f" for a formula, "s" and the text, or "n" for anything else."""
    if cell.data_type == "f":
        return "f"
    if cell.value is None or cell.value == "":
        return ""
    if cell.data_type == "s":
        return "s" + ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell.value)[: limits.LONGEST + 1]
    return "n"


def read(file):
    """Return {"sheets": …}, or {"fault": a key of `xlsx.FAULTS`, "detail": …}. Raises MemoryError."""
    try:
        return {"sheets": list(read_sheets(file))}
    except Refused as error:
        return {"fault": str(error)}
    except DefusedXmlException:
        return {"fault": "entities"}
    except MemoryError:
        raise
    except Exception as error:  # a damaged file can make openpyxl raise any exception
        return {"fault": "damaged", "detail": str(error)}


if __name__ == "__main__":
    for limit, most in MOST.items():
        resource.setrlimit(limit, (most, most))
    answer = read(io.BytesIO(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))

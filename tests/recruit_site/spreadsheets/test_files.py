"""Damaged and hostile files, and files of other programs: the form says what is wrong, and nothing is stored."""

import io
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from recruit_site.editing.models import Revision
from recruit_site.spreadsheets import csv, xlsx
from recruit_site.spreadsheets.files import rows_of
from recruit_site.spreadsheets.tables import Column, FileRefused
from tests.page_text import read

COLUMNS = [Column("key", "キー", needed=True), Column("english", "英語", needed=True), Column("note", "メモ")]


def rows(data):
    """Return the number and the cells of each row in a file. An InvalidCell is given by the beginning of its reason."""
    table_rows, _warning = rows_of(SimpleUploadedFile("file.xlsx", data), COLUMNS)
    return [
        (row.number, *(cell if isinstance(cell, str) else cell.reason[:5] for cell in row.cells.values()))
        for row in table_rows
    ]


def book(*lines, change=lambda book: None):
    """Return an XLSX file of openpyxl with a row of headings and these lines."""
    workbook = Workbook()
    for line in (["key キー", "english 英語"], *lines):
        workbook.active.append(line)
    change(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


PARTS = {
    "types": "[Content_Types].xml",
    "workbook": "xl/workbook.xml",
    "relations": "xl/_rels/workbook.xml.rels",
    "shared": "xl/sharedStrings.xml",
    "sheet": "xl/worksheets/sheet1.xml",
    "styles": "xl/styles.xml",
    "properties": "docProps/core.xml",
}
SHARED_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def packed(data=None, compression=zipfile.ZIP_DEFLATED, **parts):
    """Return an XLSX file in which the given PARTS are replaced. A part may be a function of the old content."""
    parts = {PARTS[name]: part for name, part in parts.items()}
    if "xl/sharedStrings.xml" in parts:
        parts.setdefault("[Content_Types].xml", lambda old: old.replace("</Types>", SHARED_TYPE))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or book())) as old, zipfile.ZipFile(file, "w", compression) as new:
        for name in {*old.namelist(), *parts}:
            part = parts.get(name, lambda old: old)
            new.writestr(name, part(old.read(name).decode()) if callable(part) else part)
    return file.getvalue()


def lying(compression):
    """Return an XLSX file with a part of 150 MB for which the ZIP directory states 1,000 bytes."""
    data = packed(compression=compression, workbook=lambda old: old.ljust(150_000_000))
    return data.replace((150_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def with_members(number, flags=0):
    """Return an XLSX file with `number` additional empty members, the last one with these flags."""
    file = io.BytesIO(packed())
    with zipfile.ZipFile(file, "a") as archive:
        for place in range(number):
            archive.writestr(f"{place}", "")
        archive.filelist[-1].flag_bits |= flags
    return file.getvalue()


def sheet(content, before=""):
    return f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{content}</worksheet>'


def hide(book):
    book.create_sheet("visible")
    book.active.sheet_state = "hidden"


def twice(book):
    book.copy_worksheet(book.active)


def merge(book):
    book.active.merge_cells("B2:B3")


MAIN, STRICT = "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml"
NAMES = f"<definedNames>{'<definedName name="a">A1</definedName>' * 200_000}</definedNames>"
HEADINGS = "<row><c t='str'><v>key</v></c><c t='str'><v>english</v></c></row>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REFUSED = {
    "empty": (b"", "Missing: key"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
    "old Excel or with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
    "PDF": (b"%PDF-1.7\n" + bytes(100), "neither"),
    "Word": (packed(book()).replace(b"xl/workbook.xml", b"xl/documents.xm"), "no Excel file"),
    "cut off": (book()[:-200], "damaged"),
    "broken inside": (packed(sheet="<worksheet><row>"), "damaged"),
    "sheet missing": (packed(workbook=book()), "damaged"),
    "no columns": (packed(sheet=sheet("")), "key キー, english 英語"),
    "column missing": (b"key,japanese\r\nx,y\r\n", "Missing: english"),
    "column twice": (b"key,english,english\r\nx,y,z\r\n", "twice"),
    "hidden": (book(["a", "b"], change=hide), "Missing: key"),
    "two sheets": (book(["a", "b"], change=twice), "More than one sheet"),
    "merged cells": (book(["a", "b"], ["c", "d"], change=merge), "B2:B3"),
    "entity bomb": (packed(sheet=sheet("<a>&b;</a>", ENTITIES)), "entities"),
    "entity from outside": (packed(shared=sheet("&a;", OUTSIDE), data=book(["a", "b"])), "entities"),
    "zip bomb": (packed(sheet=sheet(" " * 30_000_000)), "too large"),
    "zip bomb that says it is small": (lambda: lying(zipfile.ZIP_DEFLATED), "too many cells"),
    "zip bomb of another kind": (lambda: lying(zipfile.ZIP_BZIP2), "too many cells"),
    "thousands of members": (lambda: with_members(2_000), "too large"),
    "a member with a password": (with_members(1, flags=1), "password"),
    "Strict Open XML": (packed(workbook=lambda old: old.replace(MAIN, STRICT)), "Strict"),
    "text of 10 MB": (b"key,english\r\nx," + b"a" * 10_000_000, "larger than 5 MB"),
    "one long cell in CSV": (b"key,english\r\nx," + b"a" * 1_100_000, "field limit"),
    "a million rows": (b"key,english\r\n" + b"a,b\r\n" * 1_000_000, "10000 rows"),
    "a row far below": (packed(sheet=sheet('<row r="9999999999"/>')), "10000 rows"),
    "a million cells": (packed(sheet=sheet("<row>" + "<c/>" * 1_000_000 + "</row>")), "too many cells"),
    "a mass of attributes": (
        packed(sheet=sheet(f"<c {' '.join(f'a{n}=""' for n in range(900_000))}/>")),
        "too many cells",
    ),
    "formulas without end": (
        packed(
            sheet=sheet(
                f"{HEADINGS}<row r='2'><c r='A2'><f t='shared' si='0'>{'+'.join(['A1'] * 4_000)}</f></c></row>"
                + "".join(f"<row r='{n}'><c r='A{n}'><f t='shared' si='0'/></c></row>" for n in range(3, 9_000))
            )
        ),
        "too many cells",
    ),
    "cells in cells": (packed(sheet=sheet(f"<row>{'<c>' * 1_000_000}{'</c>' * 1_000_000}</row>")), "too many cells"),
    "a mass of names": (
        packed(workbook=lambda old: old.replace("<definedNames/>", NAMES)),
        "too many cells",
    ),
    "one text a million times": (
        packed(
            shared=sheet(f"<si><t>{'長' * 30_000}</t></si>"),
            sheet=sheet(HEADINGS + "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>" * 9_000),
            data=book(["a", "b"]),
        ),
        "too much text",
    ),
    "CSV with an open quote": (b'key,english\r\na,"b', "damaged"),
}  # fmt: skip


def refused(name):
    data, _reason = REFUSED[name]
    return data() if callable(data) else data


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_its_reason(name):
    with translation.override("en"), pytest.raises(FileRefused) as error:
        rows(refused(name))
    assert REFUSED[name][1] in str(error.value)


@pytest.mark.parametrize("part", ["types", "workbook", "relations", "shared", "sheet"])
@pytest.mark.parametrize("entities", [ENTITIES, OUTSIDE])
def test_entities_are_refused_in_every_part_that_is_read(part, entities):
    old = sheet("") if part == "shared" else zipfile.ZipFile(io.BytesIO(book())).read(PARTS[part]).decode()
    with translation.override("en"), pytest.raises(FileRefused) as error:
        rows(packed(**{part: entities + old}))
    assert str(error.value) == "This file declares XML entities, which no spreadsheet program does."


def test_parts_that_hold_no_texts_are_not_read():
    assert rows(packed(book(["a", "b"]), styles="<", properties="<")) == [(2, "a", "b", "")]


def test_size_that_a_sheet_claims_is_not_believed():
    line = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="XFD2" t="str"><v>far</v></c></row>'
    claims = sheet(f'<dimension ref="A1:XFD1048576"/><sheetData>{HEADINGS}{line}</sheetData>')
    assert rows(packed(sheet=claims)) == [(2, "a", "", "")]


def test_empty_rows_above_the_headings_are_passed_over_and_counted():
    assert rows(b"\r\n,\r\nkey,english\r\na,b\r\n") == [(4, "a", "b", "")]
    assert rows(
        packed(sheet=sheet(HEADINGS.replace("<row>", '<row r="3">') + "<row><c t='str'><v>a</v></c></row>"))
    ) == [(4, "a", "", "")]


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("name", ["Word", "column missing", "entity bomb", "text of 10 MB"])
def test_refused_file_is_answered_in_the_form_and_nothing_is_stored(admin, name):
    before = Revision.objects.count()
    upload = SimpleUploadedFile("texts.xlsx", refused(name))
    html = read(admin.post(reverse("translations_sheet"), {"file": upload}))
    assert '<ul class="errorlist" id="id_file_error">' in html
    assert Revision.objects.count() == before


def test_cells_that_hold_no_text_are_told():
    data = book(
        ["formula", "=1+1"],
        ["number", 2026],
        ["date", date(2026, 4, 1)],
        ["yes", True],
        ["error", "#REF!"],
        ["text", "2026"],
        [None, None],
        ["bell", "a\x7fb"],
    )
    assert rows(data) == [
        (2, "formula", "数式です。", ""),
        (3, "number", "数値、日付", ""),
        (4, "date", "数値、日付", ""),
        (5, "yes", "数値、日付", ""),
        (6, "error", "数値、日付", ""),
        (7, "text", "2026", ""),
        (9, "bell", "制御文字が", ""),
    ]


def test_text_longer_than_a_cell_is_told():
    line = f"<row><c t='str'><v>long</v></c><c t='str'><v>{'長' * 3_500_000}</v></c></row>"
    assert rows(packed(sheet=sheet(HEADINGS + line))) == [(2, "long", "セルに入る", "")]


def test_formulas_of_a_csv_file_are_refused_and_lists_are_not():
    data = b"key,english\r\na,=1+1\r\nb,@SUM(A1)\r\nc,+1\r\nd,-1\r\ne,\"- one\n- two\"\r\nf,'=1+1\r\ng,'quoted'\r\n"
    assert [cells[2] for cells in rows(data)] == ["数式のよう"] * 4 + ["- one\n- two", "=1+1", "'quoted'"]


ODD = ["=cmd|' /C calc'!A0", "＝1+1", "＠SUM(A1)", "\n=1", "+1", "-1", "@a", "\ttab"]
ODD += ["'=1", "''+", "'quoted'", '"a","b"\n;c', "_x000D_", "a_x0041_"]


def test_texts_that_look_like_formulas_are_neutralised_and_come_back():
    lines = [{"key": f"k{number}", "english": text, "note": ""} for number, text in enumerate(ODD)]
    comma = csv.write(COLUMNS, lines)
    cells = [line.partition(",")[2] for line in comma.decode("utf-8-sig").split("\r\n")]
    assert not any(cell.strip('"').startswith(tuple("=+-@＝＋－＠\t\n")) for cell in cells)
    for data in (comma, xlsx.write(COLUMNS, lines, ["=guide"])):
        assert [cells[2] for cells in rows(data)] == [text.strip() for text in ODD]
    written = load_workbook(io.BytesIO(data))
    assert "f" not in {cell.data_type for made in written for line in made.iter_rows() for cell in line}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_as_programs_write_it(encoding, delimiter):
    text = delimiter.join(["key キー", "english 英語"]) + "\r\n" + delimiter.join(["鍵", '"a ""b""\r\nc "']) + "\r\n"
    file = SimpleUploadedFile("file.csv", text.encode(encoding))
    table_rows, warning = rows_of(file, COLUMNS)
    assert [row.cells for row in table_rows] == [{"key": "鍵", "english": 'a "b"\nc', "note": ""}]
    assert ("Shift_JIS" in warning) == (encoding == "cp932")


def test_line_ends_spaces_and_letters_taken_apart_are_no_change():
    data = book(["か\u3099き", " a_x000D_\nb \n"])
    assert [cells[1:3] for cells in rows(data)] == [("がき", "a\nb")]
    assert rows(book(["神\ufa19", "e\u0301"]))[0][1:3] == ("神\ufa19", "é")


def test_readings_that_japanese_excel_adds_are_left_out():
    text = "<r><t>漢</t></r><r><t>字</t></r><rPh sb='0' eb='2'><t>カンジ</t></rPh>"
    shared = f"<si><t>key</t></si><si><t>english</t></si><si>{text}</si>"
    line = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="4"><c r="B4" t="s"><v>2</v></c></row>'
    assert rows(packed(data=book(["a", "b"]), shared=sheet(shared), sheet=sheet(line))) == [(4, "", "漢字", "")]


MEASURE = """
import re, resource, sys
from pathlib import Path
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from recruit_site.spreadsheets import tables
from recruit_site.spreadsheets.files import rows_of
try:
    rows_of(SimpleUploadedFile("x", sys.stdin.buffer.read()), [tables.Column("key", "", needed=True)])
except tables.FileRefused:
    own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    print((own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read as Linux tells it")
@pytest.mark.parametrize(
    "name",
    [
        "zip bomb",
        "zip bomb that says it is small",
        "zip bomb of another kind",
        "a million cells",
        "a mass of attributes",
        "a mass of names",
        "cells in cells",
        "one text a million times",
        "a million rows",
    ],
)
def test_hostile_file_takes_less_than_300_megabytes(name):
    process = subprocess.run([sys.executable, "-c", MEASURE], input=refused(name), capture_output=True, check=True)  # noqa: S603
    assert 0 < int(process.stdout) < 300

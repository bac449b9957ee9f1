"""The audit log as a spreadsheet."""

from django.utils import timezone, translation

from recruit_site.audit.models import AuditEntry
from recruit_site.spreadsheets import csv, xlsx
from recruit_site.spreadsheets.tables import MOST_ROWS, Column

#: The most entries of an Excel file: writing one of its cells takes a hundred times as long as a line of CSV.
MOST_IN_XLSX = MOST_ROWS
WIDTHS = {"at": 26, "kind": 18, "who": 18, "title": 40, "detail": 60, "request": 34}
FIELDS = AuditEntry._meta.concrete_fields


def columns():
    with translation.override("ja"):
        return [Column(field.name, str(field.verbose_name), WIDTHS.get(field.name, 14)) for field in FIELDS]


def rows(entries):
    """Yield the cells of each entry as a dict. The time is local, to the microsecond, as in the process's log."""
    for entry in entries.iterator():
        cells = {field.name: str(getattr(entry, field.name) or "") for field in FIELDS}
        kind = f"{entry.kind} {entry.get_kind_display()}"
        yield cells | {"at": timezone.localtime(entry.at).isoformat(), "kind": kind}


def write(form, entries):
    """Return entries as the bytes of a file in the format `form`, "csv" or "xlsx"."""
    if form == "xlsx":
        return xlsx.write(columns(), rows(entries), title="監査記録 Audit log")
    return csv.write(columns(), rows(entries))

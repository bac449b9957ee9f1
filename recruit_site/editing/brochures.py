"""Loading the brochures' content from YAML files, without ever taking away what staff wrote."""

from collections import Counter
from graphlib import TopologicalSorter
from typing import NamedTuple

import yaml
from django.apps import apps
from django.db import models, transaction
from django.utils import translation

from recruit_site.editing import snapshot
from recruit_site.models import LoadedRecord
from recruit_site.publishing import Sluggable, parts_of


class BrochureError(Exception):
    """A fixture cannot be loaded: file, record and reason. Nothing was written."""


class Record(NamedTuple):
    file: str
    model: type[models.Model]
    data: dict

    def __str__(self):
        return f"{self.file}, {self.model._meta.label_lower} {self.data['slug']!r}"


class Outcome(NamedTuple):
    """How many records were made, changed and found as they should be; which were left, as staff changed them."""

    counts: Counter
    left: list


@transaction.atomic
@translation.override("ja")
def load(folder, overwrite=False):
    """Load every *.yaml of `folder` in one transaction and return the Outcome.

    A row that staff changed, made or deleted since the last load is left as it is, or, with
    `overwrite`, set to what the fixture says.
    """
    outcome = Outcome(Counter(), [])
    for record in in_dependency_order(read(folder)):
        try:
            with transaction.atomic():
                load_record(record, overwrite, outcome)
        except snapshot.SnapshotError as error:
            raise BrochureError(f"{record}: {error}") from error
    return outcome


def load_record(record, overwrite, outcome):
    label, slug = record.model._meta.label_lower, record.data["slug"]
    row = record.model.objects.filter(slug=slug).first()
    before = snapshot.take(row) if row else None
    memory = LoadedRecord.objects.filter(model=label, slug=slug).first()
    untouched = snapshot.agrees(memory.snapshot, before) if row and memory else not (row or memory)
    if not untouched and not overwrite:
        outcome.left.append(str(record) + ("" if row else " (deleted)"))
        return
    if row and untouched and record.data == memory.record:
        outcome.counts["unchanged"] += 1
        return
    after = snapshot.take(snapshot.apply(record.model, record.data))
    outcome.counts["changed" if row else "made"] += 1
    LoadedRecord.objects.update_or_create(model=label, slug=slug, defaults={"record": record.data, "snapshot": after})


def read(folder):
    """Return the records of all fixtures in a folder. Raises BrochureError where a file is not well formed."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BrochureError(f"{folder}: there is no *.yaml file to load")
    records = [record for file in files for record in read_file(file)]
    for (model, slug), times in Counter((record.model, record.data["slug"]) for record in records).items():
        if times > 1:
            where = ", ".join(
                record.file for record in records if record.model is model and record.data["slug"] == slug
            )
            raise BrochureError(f"{where}: {model._meta.label_lower} {slug!r} stands {times} times")
    return records


def read_file(file):
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrochureError(f"{file.name}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise BrochureError(f"{file.name}: the file must map model names to lists of records")
    defaults = content.pop("defaults", None) or {}
    records = []
    for label, rows in content.items():
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError) as error:
            raise BrochureError(f"{file.name}: there is no model {label!r}") from error
        if not issubclass(model, Sluggable) or not isinstance(rows, list):
            raise BrochureError(f"{file.name}, {label}: this must be a list of records of a model with slugs")
        known = {field.name for field in snapshot.fields_of(model)}
        inherited = {name: value for name, value in defaults.items() if name in known}
        for position, row in enumerate(rows, start=1):
            if not isinstance(row, dict) or not isinstance(row.get("slug"), str):
                raise BrochureError(f"{file.name}, {label} number {position}: the record has no slug")
            records.append(Record(file.name, model, numbered(model, inherited | row, position)))
    return records


def numbered(model, data, position):
    """Give a record and its parts their order by their place in the file."""
    data = {"order": position * 10} | {name: snapshot.plain(value) for name, value in data.items()}
    for name in parts_of(model):
        if isinstance(data.get(name), list):
            data[name] = [{"order": number * 10} | part for number, part in enumerate(data[name], start=1)]
    return data


def in_dependency_order(records):
    """Sort records so that each comes after what it refers to; within a model the file's order stays."""
    graph = {}
    for model in {record.model for record in records}:
        parts = [model._meta.get_field(name).related_model for name in parts_of(model)]
        graph[model] = {
            field.related_model
            for row_model in (model, *parts)
            for field in snapshot.fields_of(row_model)
            if field.is_relation and field.related_model is not model
        }
    rank = {model: position for position, model in enumerate(TopologicalSorter(graph).static_order())}
    return sorted(records, key=lambda record: rank[record.model])

"""The loader of the brochures' content from YAML files. It leaves rows that staff changed as they are."""

import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import ClassVar, NamedTuple

import yaml
from django.apps import apps
from django.db import models, transaction
from django.utils import translation

from recruit_site.audit.log import record_event as audit
from recruit_site.audit.models import AuditKind
from recruit_site.content import snapshot
from recruit_site.content.models import Sluggable, Source, parts_of
from recruit_site.editing import revisions as revisions
from recruit_site.editing.models import Revision
from recruit_site.editorial_checks import check_results
from recruit_site.import_export.models import LoadedRecord
from recruit_site.search import entries

#: The labels of models in fixtures of version 0.1, and their present labels.
FORMER_LABELS = {
    "recruit_site.chapter": "content.chapter",
    "recruit_site.source": "content.source",
    "recruit_site.synonyms": "search.synonyms",
    "recruit_site.term": "content.term",
    "recruit_site.wording": "content.sitetext",
}


class BrochureError(Exception):
    """A fixture that cannot be loaded. The message names file, record and reason; nothing was written."""


class Record(NamedTuple):
    file: str
    model: type[models.Model]
    data: dict

    def __str__(self):
        return f"{self.file}, {self.model._meta.label_lower} {self.data['slug']!r}"


class LoadOutcome(NamedTuple):
    """The numbers of records `made`, `changed` and `unchanged`, and the records `left`, whose row staff changed."""

    counts: Counter
    left: list


@transaction.atomic
@translation.override("ja")
def load(folder, overwrite=False, only_if_empty=False):
    """Load every *.yaml of `folder` in one transaction and return the LoadOutcome.

    A row that staff changed, made or deleted since the last load is left as it is. With `overwrite` it is set to the
    values of the fixture, and fields that the fixture does not name to their defaults. A new slug is no such change:
    the record still belongs to the row, and the row keeps the new slug in any case. With `only_if_empty` nothing is
    loaded if there is content. Raises BrochureError.
    """
    outcome = LoadOutcome(Counter(), [])
    if only_if_empty and Source.objects.exists():
        return outcome
    written = []
    for record in in_dependency_order(read(folder)):
        try:
            with transaction.atomic():
                written.append(load_record(record, overwrite, outcome))
        except (snapshot.SnapshotError, TypeError, ValueError) as error:
            raise BrochureError(f"{record}: {error}") from error
    check_results.accept_fixture_findings(filter(None, written))
    if any(written):
        entries.rebuild_entries()
        counts = outcome.counts
        audit(AuditKind.LOADED, detail=f"made {counts['made']} changed {counts['changed']} left {len(outcome.left)}")
    return outcome


def load_record(record, overwrite, outcome):
    """Load a record, count it in `outcome` and return its row, None if the row is left as it is."""
    label, slug = record.model._meta.label_lower, record.data["slug"]
    now = snapshot.with_current_slugs(record.model, record.data)
    row = record.model.objects.select_for_update().filter(slug=now["slug"]).first()
    before = snapshot.take_snapshot(row) if row else None
    last_load = LoadedRecord.objects.filter(model=label, slug=slug).first()
    last_snapshot = snapshot.with_current_slugs(record.model, last_load.snapshot) if last_load else None
    untouched = snapshot.matches_stored(last_snapshot, before) if row and last_load else not (row or last_load)
    if not untouched and not overwrite:
        outcome.left.append(str(record) + ("" if row else " (deleted)"))
        return None
    if row and untouched and record.data == last_load.record:
        outcome.counts["unchanged"] += 1
        return None
    blank = snapshot.empty_snapshot(record.model)
    if not overwrite:  # reset only fields that the record named at its last load
        blank = {name: blank[name] for name in (last_load.record if last_load else ()) if name in blank}
    applied = snapshot.apply(record.model, blank | record.data)
    after = revisions.record_revision(applied, Revision.Event.LOADED).snapshot
    outcome.counts["changed" if row else "made"] += 1
    LoadedRecord.objects.update_or_create(model=label, slug=slug, defaults={"record": record.data, "snapshot": after})
    return applied


class Loader(yaml.SafeLoader):
    """A YAML loader that reads every value as a string, except true, false and null, and refuses duplicate keys.

    So 9:30, 03 and yes keep their characters: in YAML 1.1 they are a number, an octal number and a boolean.
    """

    yaml_implicit_resolvers: ClassVar = {}

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key) for key, _value in node.value]
        for key in keys:
            if not isinstance(key, str) or keys.count(key) > 1:
                problem = f"the key {key!r} stands twice" if keys.count(key) > 1 else f"{key!r} is no name of a field"
                raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return super().construct_mapping(node, deep)


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:null|~|)$"), ["n", "~", ""])


def read(folder):
    """Return the Records of all fixtures in a folder. Raises BrochureError if a file is not well formed."""
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
        content = yaml.load(file.read_text(encoding="utf-8"), Loader)  # noqa: S506  (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise BrochureError(f"{file.name}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise BrochureError(f"{file.name}: the file must map model names to lists of records")
    defaults = content.pop("defaults", None) or {}
    if not isinstance(defaults, dict):
        raise BrochureError(f"{file.name}: defaults must map field names to values")
    records = []
    for label, rows in content.items():
        try:
            model = apps.get_model(FORMER_LABELS.get(label, label))
        except (LookupError, ValueError) as error:
            raise BrochureError(f"{file.name}: there is no model {label!r}") from error
        if not issubclass(model, Sluggable) or not isinstance(rows, list):
            raise BrochureError(f"{file.name}, {label}: this must be a list of records of a model with slugs")
        field_names = {field.name for field in snapshot.fields_of(model)}
        inherited = {name: value for name, value in defaults.items() if name in field_names}
        for position, row in enumerate(rows, start=1):
            if not isinstance(row, dict) or not isinstance(row.get("slug"), str):
                raise BrochureError(f"{file.name}, {label} number {position}: the record has no slug")
            records.append(Record(file.name, model, numbered(model, inherited | row, position)))
    return records


def numbered(model, data, position):
    """Return the data of a record with `order` set, for the record and its parts, by their place in the file."""
    data = {"order": position * 10} | data
    for name in parts_of(model):
        if isinstance(data.get(name), list):
            data[name] = [
                {"order": number * 10} | part if isinstance(part, dict) else part
                for number, part in enumerate(data[name], start=1)
            ]
    return data


def in_dependency_order(records):
    """Return Records sorted so that each follows those that it refers to. Raises BrochureError for a circle."""
    by_name = {(record.model, record.data["slug"]): record for record in records}
    graph = {name: references(record.model, record.data) & by_name.keys() - {name} for name, record in by_name.items()}
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        around = ", ".join(str(by_name[name]) for name in error.args[1])
        raise BrochureError(f"these records refer to each other in a circle: {around}") from error


def references(model, data):
    """Return the (model, slug) of every record that a record or its parts refer to."""
    targets = set()
    for field in snapshot.fields_of(model):
        if field.is_relation:
            value = data.get(field.name)
            slugs = value if isinstance(value, list) else [value]
            targets |= {(field.related_model, slug) for slug in slugs if isinstance(slug, str)}
    for name, part_model in parts_of(model).items():
        parts = data.get(name)
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict):
                targets |= references(part_model, part)
    return targets

"""Snapshots: a piece of content, its parts and all its language columns as plain data.

A snapshot has the form of a record in a fixture: it maps field names to values. A related piece is given by its slug.
The parts of each kind are a list of snapshots.
"""

import datetime
from decimal import Decimal

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile

from recruit_site.content.models import Part, Sluggable, parts_of
from recruit_site.content.slugs import renames
from recruit_site.content.translated_fields import translated_fields


class SnapshotError(ValueError):
    """The error for a snapshot that cannot be written to rows. The message says where and why."""


def fields_of(model):
    """Return the fields in a snapshot of `model`: all editable fields, translated ones once for each language."""
    originals = translated_fields(model)
    parent = model.parent_field if issubclass(model, Part) else None
    return [
        field
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if field.editable and not field.primary_key and field.name not in originals and field.name != parent
    ]


def take_snapshot(row):
    """Return the snapshot of a row as JSON-ready data."""
    data = {}
    for field in fields_of(type(row)):
        if isinstance(field, models.ManyToManyField):
            data[field.name] = sorted(target.slug for target in getattr(row, field.name).all()) if row.pk else []
        elif isinstance(field, models.ForeignKey):
            target = getattr(row, field.name) if getattr(row, field.attname) else None
            data[field.name] = target.slug if target else None  # None if with_published() left out a hidden piece
        else:
            data[field.name] = to_json_value(field.to_python(getattr(row, field.name)))
    for name in parts_of(type(row)):
        data[name] = [take_snapshot(part) for part in getattr(row, name).all()] if row.pk else []
    return data


def rows_with_relations(model):
    """Return a queryset of a model that prefetches all related rows in its snapshots.

    The number of queries depends on the fields of the model, not on the number of rows.
    """

    def references(owner):
        return [field.name for field in fields_of(owner) if field.is_relation]

    parts = parts_of(model)
    in_parts = [f"{name}__{reference}" for name in parts for reference in references(parts[name])]
    return model._default_manager.prefetch_related(*references(model), *parts, *in_parts)


def content_models():
    """Return the models of content, in the order of the apps."""
    return [model for model in apps.get_models() if issubclass(model, Sluggable)]


def iter_snapshots():
    """Yield (row, snapshot) for every piece of content."""
    for model in content_models():
        for row in rows_with_relations(model):
            yield row, take_snapshot(row)


def to_json_value(value):
    """Return a field's value in a form that JSON can represent."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, FieldFile):
        return value.name or ""  # the name suffices: files are named by their content and stay
    return str(value) if isinstance(value, Decimal) else value


def units(model, data):
    """Yield (name, model, data) for a piece, whose name is "", and for its parts, named like "answers why"."""
    yield "", model, data
    for name, part_model in parts_of(model).items():
        for part in data.get(name) or ():
            yield f"{name} {part['slug']}", part_model, part


def empty_snapshot(model):
    """Return the snapshot of an empty row, without slug and order."""
    empty = take_snapshot(model())
    return {name: value for name, value in empty.items() if name not in ("slug", "order")}


def with_current_slugs(model, data):
    """Return a snapshot with the current slugs of all pieces that were renamed since it was taken."""
    return _renamed(model, data, renames())


def _renamed(model, data, known):
    def now(target, slug):
        return known.get((target._meta.label_lower, slug), slug) if isinstance(slug, str) else slug

    data = dict(data)
    if not issubclass(model, Part) and "slug" in data:
        data["slug"] = now(model, data["slug"])
    for field in fields_of(model):
        value = data.get(field.name)
        if isinstance(field, models.ManyToManyField) and isinstance(value, list):
            data[field.name] = sorted((now(field.related_model, slug) for slug in value), key=str)
        elif isinstance(field, models.ForeignKey) and value is not None:
            data[field.name] = now(field.related_model, value)
    for name, part_model in parts_of(model).items():
        if isinstance(data.get(name), list):
            data[name] = [_renamed(part_model, part, known) if isinstance(part, dict) else part for part in data[name]]
    return data


def apply(model, data, complete=True):
    """Write a snapshot to the row with its slug, which is created if it is missing, and return the row.

    A row that was renamed since the snapshot keeps its new slug, and references to renamed pieces are followed. Fields
    that the snapshot does not name stay unchanged. A list of parts replaces all parts of its kind. With
    `complete=False` texts may be missing, as in a draft.

    Raises SnapshotError if the data does not fit. Some rows may be written by then, so call it in a transaction.
    """
    data = with_current_slugs(model, data)
    row = model.objects.filter(slug=data.get("slug", "")).first() or model()
    _write(row, data, complete)
    return model.objects.get(pk=row.pk)  # with the database's values: decimals padded, times parsed


def _write(row, data, complete, where=""):
    model = type(row)
    part_names = parts_of(model)
    fields = {field.name: field for field in fields_of(model)}
    if unknown := set(data) - set(fields) - set(part_names):
        raise SnapshotError(
            f"{where}unknown field {', '.join(sorted(unknown))}; known are {', '.join([*fields, *part_names])}"
        )
    many = {}
    for name, value in data.items():
        field = fields.get(name)
        _check_shape(where + name, field, value)
        if isinstance(field, models.ManyToManyField):
            many[name] = [_target(field, slug, where) for slug in value]
        elif isinstance(field, models.ForeignKey):
            setattr(row, name, _target(field, value, where) if value is not None else None)
        elif isinstance(field, models.FileField) and value and not field.storage.exists(value):
            raise SnapshotError(f"{where}{name}: there is no file {value!r}")
        elif field is not None:
            setattr(row, name, "" if value is None and not field.null else value)
    unwritten = () if complete else [name for name, field in fields.items() if is_text(field) and not data.get(name)]
    try:
        row.full_clean(exclude={*unwritten, *(() if complete else translated_fields(model))})
    except ValidationError as error:
        raise SnapshotError(where + _reasons(model, error)) from error
    row.save()
    for name, targets in many.items():
        getattr(row, name).set(targets)
    for name in part_names:
        if name in data:
            _write_parts(row, name, data[name], complete, where)


def is_text(field):
    return isinstance(field, models.CharField | models.TextField)


def _check_shape(where, field, value):
    if field is None:
        fits = isinstance(value, list) and all(isinstance(part, dict) for part in value)
        expected = "a list of parts, each a mapping of fields"
    elif isinstance(field, models.ManyToManyField):
        fits = isinstance(value, list) and all(isinstance(slug, str) for slug in value)
        expected = "a list of slugs"
    elif isinstance(field, models.CharField | models.TextField | models.ForeignKey):
        fits, expected = value is None or isinstance(value, str), "a text"
    else:
        fits, expected = not isinstance(value, list | dict), "a single value"
    if not fits:
        raise SnapshotError(f"{where}: this must be {expected}")


def _write_parts(row, name, snapshots, complete, where):
    manager = getattr(row, name)
    old_parts = {part.slug: part for part in manager.all()}
    for snapshot in snapshots:
        slug = snapshot.get("slug")
        if not isinstance(slug, str):
            raise SnapshotError(f"{where}{name}: a part has no slug")
        part = old_parts.pop(slug, None) or manager.model(**{manager.model.parent_field: row})
        _write(part, snapshot, complete, f"{where}{name} {slug!r}: ")
    for part in old_parts.values():
        part.delete()


def _target(field, slug, where):
    model = field.related_model
    try:
        return model._default_manager.get(slug=slug)
    except model.DoesNotExist as error:
        raise SnapshotError(f"{where}{field.name}: there is no {model._meta.label_lower} {slug!r}") from error


def _reasons(model, error):
    """Return the validation errors of a row as one line, each with its field.

    An error of a translated field is reported for its Japanese column.
    """
    originals = translated_fields(model)
    reasons = {}
    for name, messages in error.message_dict.items():
        label = f"{name}_ja: " if name in originals else f"{name}: "
        reasons[("" if name == NON_FIELD_ERRORS else label) + " ".join(messages)] = None
    return "; ".join(reasons)


def matches_stored(stored, current):
    """Return whether `current` still has the values of `stored`.

    Fields that only one of the two has are ignored, because a migration may have added or removed them.
    """
    if isinstance(stored, dict) and isinstance(current, dict):
        return all(matches_stored(value, current[name]) for name, value in stored.items() if name in current)
    if isinstance(stored, list) and isinstance(current, list):
        return len(stored) == len(current) and all(map(matches_stored, stored, current))
    return (stored or None) == (current or None)


def texts_by_language(model, data):
    """Yield (name, model, {language: texts}) for the piece of a snapshot, then for its parts."""
    for part, unit_model, unit in units(model, data):
        yield part, unit_model, {code: texts_in(unit_model, unit, code) for code in ("ja", "en")}


def texts_in(model, data, language):
    return {
        field: data[f"{field}_{language}"]
        for field in translated_fields(model)
        if data.get(f"{field}_{language}") and field not in getattr(model, "language_specific_fields", ())
    }

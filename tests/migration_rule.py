"""The rule of docs/operations.md for migrations: two versions run side by side, so a migration may only add.

A migration that removes something names the first release that no longer uses it: `contracts = "1.4"` in its class.
"""

import re

from django.db.migrations import operations
from django.db.models import Field, ManyToManyField
from django.db.models.fields import NOT_PROVIDED

from tests.live_site import ROOT

#: The name of an initial migration: no old version runs beside it.
BASELINE = "0001_initial"
#: The operations that break reads or writes of the old version, each with the reason.
BREAKING_OPERATIONS = {
    operations.DeleteModel: "takes a table away",
    operations.RemoveField: "takes a column away",
    operations.RenameModel: "renames a table: add another and copy",
    operations.RenameField: "renames a column: add another and copy",
    operations.AlterModelTable: "renames a table: add another and copy",
    operations.AddConstraint: "refuses what the old version may write",
    operations.AlterUniqueTogether: "refuses what the old version may write",
    operations.AlterOrderWithRespectTo: "adds a column that the old version does not fill",
}
#: The changes of a column's type, (old, new), in which the new type holds every value of the old one.
WIDER = {
    ("CharField", "TextField"),
    ("SlugField", "CharField"),
    ("SlugField", "TextField"),
    ("IntegerField", "BigIntegerField"),
}
#: The attributes that limit the size of a column's values; without the attribute there is no limit.
ROOM = ("max_length", "max_digits")


def releases():
    """Return the version numbers of the releases in the changelog."""
    return re.findall(r"^## \[?(\d[\w.]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def breakages(migration, state, released=()):
    """Return the faults of a migration, as sentences.

    `state` is the ProjectState before the migration; do not use it afterwards. `released` are the releases that
    `contracts` may name.
    """
    breaking, made = [], set()
    for operation in steps(migration.operations):
        after = state.clone()
        operation.state_forwards(migration.app_label, after)
        if isinstance(operation, operations.CreateModel):
            made.add(operation.name_lower)
        if wrong := breakage(operation, migration.app_label, made, state, after):
            breaking.append(f"{operation.describe()}: {wrong}")
        state = after
    back = [f"{one.describe()}: no way back" for one in steps(migration.operations) if not one.reversible]
    since = getattr(migration, "contracts", None)
    if since is None:
        return breaking + back
    if since not in released:
        return [f"contracts names {since!r}, which the changelog does not know as a release", *back]
    return back if breaking else ["contracts is said, and nothing is taken away", *back]


def steps(found):
    """Yield the operations that change the database, including those inside SeparateDatabaseAndState."""
    for operation in found:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from steps(operation.database_operations)
        else:
            yield operation


def breakage(operation, app, made, before, after):
    """Return how an operation would break the old version, "" if it would not.

    `made` are the models that the migration creates: the old version does not know them, so nothing there breaks it.
    """
    if getattr(operation, "model_name_lower", None) in made:
        return ""
    if isinstance(operation, operations.AddField):
        return "" if fills_itself(operation.field) else "is not filled by the old version: null=True or db_default"
    if isinstance(operation, operations.AlterField):
        fields = [one.models[app, operation.model_name_lower].fields[operation.name] for one in (before, after)]
        return narrowed(*fields)
    return next((wrong for kind, wrong in BREAKING_OPERATIONS.items() if isinstance(operation, kind)), "")


def fills_itself(field: Field):
    """Return whether the database accepts an INSERT without this column."""
    return field.null or field.db_default is not NOT_PROVIDED or field.generated or isinstance(field, ManyToManyField)


def narrowed(old, new):
    """Return why the new column would refuse values or statements of the old version, "" if it would not."""
    kinds = old.get_internal_type(), new.get_internal_type()
    if kinds[0] != kinds[1] and kinds not in WIDER:
        return f"makes another kind of column of it ({kinds[0]}, {kinds[1]}): add another and copy"
    if any((getattr(new, name, None) or 10**9) < (getattr(old, name, None) or 10**9) for name in ROOM):
        return "has less room"
    if getattr(old, "decimal_places", None) != getattr(new, "decimal_places", None):
        return "has other decimal places"
    if new.unique and not old.unique:
        return "refuses the same value twice"
    if old.null and not new.null:
        return "refuses NULL"
    if old.db_default is not NOT_PROVIDED and new.db_default is NOT_PROVIDED:
        return "is no longer filled by the database"
    if old.db_column != new.db_column:
        return "renames a column: add another and copy"
    if (old.remote_field and old.remote_field.model) != (new.remote_field and new.remote_field.model):
        return "points to another table: add another and copy"
    return ""

"""Tests that migrations only add, so that the previous version can run beside them, and that each is reversible."""

from runpy import run_path

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.live_site import PACKAGES
from tests.migration_rule import BASELINE, breakages, releases
from tests.resilience.migrations import newer

RELEASED = ["1.3", "1.4"]
THING = migrations.CreateModel(
    "Thing",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=100)),
        ("note", models.CharField(max_length=100, null=True)),
        ("kind", models.CharField(max_length=10, db_default="a")),
    ],
)


def nothing(apps, schema_editor):
    """Change no data."""


def judged(*operations, contracts=None):
    """Return the faults of a migration of these operations after THING; `contracts` is the migration's attribute."""
    state = ProjectState()
    THING.state_forwards("things", state)
    migration = migrations.Migration("0002_change", "things")
    migration.operations = operations
    if contracts:
        migration.contracts = contracts
    return breakages(migration, state, RELEASED)


def test_every_migration_since_the_baseline_only_adds_or_says_since_when_what_goes_is_unused():
    loader = MigrationLoader(None)
    ours = {app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in PACKAGES}
    released = releases()
    wrong = {
        key: found
        for key in loader.disk_migrations
        if key[0] in ours and key[1] > BASELINE
        if (found := breakages(loader.get_migration(*key), loader.project_state(key, at_end=False), released))
    }
    assert wrong == {}


def test_later_version_that_trust_applies_under_this_one_keeps_to_the_rule(tmp_path):
    _settings, last = newer(tmp_path)
    found = run_path(tmp_path / "newer" / "migrations" / "9999_newer.py")["Migration"]("9999_newer", "faq")
    assert breakages(found, MigrationLoader(None).project_state(("faq", last))) == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("thing", "more", models.CharField(max_length=3, null=True)),
        migrations.AddField("thing", "more", models.CharField(max_length=3, db_default="")),
        migrations.AddField("thing", "things", models.ManyToManyField("things.Thing")),
        migrations.AlterField("thing", "name", models.CharField(max_length=200)),
        migrations.AlterField("thing", "name", models.TextField()),
        migrations.AlterField("thing", "name", models.CharField("its name", max_length=100, help_text="What it is.")),
        migrations.AlterField("thing", "name", models.CharField(max_length=100, null=True)),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
        migrations.RunPython(nothing, nothing),
    ],
    ids=lambda operation: operation.describe(),
)
def test_operation_that_only_adds_passes(operation):
    assert judged(operation) == []


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (migrations.RemoveField("thing", "note"), "takes a column away"),
        (migrations.DeleteModel("Thing"), "takes a table away"),
        (migrations.RenameField("thing", "note", "remark"), "renames a column: add another and copy"),
        (migrations.RenameModel("Thing", "Object"), "renames a table: add another and copy"),
        (
            migrations.AddField("thing", "more", models.CharField(max_length=3, default="")),
            "is not filled by the old version: null=True or db_default",
        ),
        (migrations.AlterField("thing", "name", models.CharField(max_length=10)), "has less room"),
        (
            migrations.AlterField("thing", "name", models.CharField(max_length=100, unique=True)),
            "refuses the same value twice",
        ),
        (migrations.AlterField("thing", "note", models.CharField(max_length=100, default="")), "refuses NULL"),
        (
            migrations.AlterField("thing", "kind", models.CharField(max_length=10)),
            "is no longer filled by the database",
        ),
        (
            migrations.AlterField("thing", "name", models.IntegerField()),
            "makes another kind of column of it (CharField, IntegerField): add another and copy",
        ),
        (
            migrations.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="one_name")),
            "refuses what the old version may write",
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else value.describe(),
)
def test_operation_that_the_old_version_would_suffer_from_is_refused_unless_no_release_uses_it(operation, why):
    assert judged(operation) == [f"{operation.describe()}: {why}"]
    assert judged(operation, contracts="1.4") == []


def test_constraint_of_a_new_table_passes():
    other = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    assert judged(other, migrations.AddConstraint("other", models.UniqueConstraint(fields=["id"], name="x"))) == []


def test_hidden_operation_is_judged():
    hidden = migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("thing", "note")])
    assert judged(hidden) == ["Remove field note from thing: takes a column away"]


@pytest.mark.parametrize("contracts", [None, "1.4"])
def test_step_without_a_way_back_is_refused(contracts):
    removal = [migrations.RemoveField("thing", "note")] if contracts else []
    assert judged(*removal, migrations.RunPython(nothing), contracts=contracts) == ["Raw Python operation: no way back"]


def test_contraction_names_a_release_and_takes_something_away():
    removal = migrations.RemoveField("thing", "note")
    assert judged(removal, contracts="1.5") == ["contracts names '1.5', which the changelog does not know as a release"]
    added = migrations.AddField("thing", "more", models.TextField(null=True))
    assert judged(added, contracts="1.4") == ["contracts is said, and nothing is taken away"]

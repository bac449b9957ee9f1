from django.db import migrations, models

#: What the first form of 0016 made. A database that was made without it has none of these.
DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS recruit_site_entry_added",
        "DROP TRIGGER IF EXISTS recruit_site_entry_deleted",
        "DROP TRIGGER IF EXISTS recruit_site_entry_changed",
        "DROP TABLE IF EXISTS recruit_site_entry_index",
    ),
    "postgresql": ("DROP INDEX IF EXISTS recruit_site_entry_index",),
}


def drop_index(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def empty(apps, schema_editor):
    """Delete all entries, so that columns without a default can be added again; rebuild_search makes them anew."""
    apps.get_model("recruit_site", "Entry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('recruit_site', '0021_audit_log_plain'),
    ]

    operations = [
        # On the way back nothing is made: 0016 no longer makes the index.
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='entry',
            name='recruit_sit_weight_5ac3cd_idx',
        ),
        migrations.RemoveField(
            model_name='entry',
            name='pieces',
        ),
        migrations.RemoveField(
            model_name='entry',
            name='folded_title',
        ),
        migrations.RemoveField(
            model_name='entry',
            name='folded_heading',
        ),
        migrations.RemoveField(
            model_name='entry',
            name='date',
        ),
        migrations.AddField(
            model_name='entry',
            name='day',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(migrations.RunPython.noop, empty),
    ]

"""The migration of a later version, applied and reversed while this version serves readers and an editor."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests import services
from tests.http_editor import Publisher
from tests.http_readers import watching
from tests.live_site import ROOT, environment, manage, prepare, served
from tests.resilience import Row, lost

#: A migration that a later version may have: a nullable column, one with a default in the database, a table, an index.
NEWER = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "{last}")]
    operations = [
        migrations.AddField("question", "tone", models.CharField(max_length=20, null=True)),
        migrations.AddField("question", "weight", models.IntegerField(db_default=0)),
        migrations.AddIndex("question", models.Index(fields=["weight"], name="question_weight")),
        migrations.CreateModel("Remark", [
            ("id", models.BigAutoField(primary_key=True)),
            ("question", models.ForeignKey("faq.Question", models.CASCADE)),
        ]),
    ]
"""
SETTINGS = 'from recruit_site.settings import *\n\nMIGRATION_MODULES = {"faq": "newer.migrations"}\n'


def run(rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        rows = [meanwhile("SQLite", environment(folder), folder, rounds)]
    if not services.postgresql():
        return [*rows, Row("a new migration (PostgreSQL)", "0", "", services.missing())]
    with services.database() as database, tempfile.TemporaryDirectory() as folder:
        variables = environment(folder, DATABASE_URL=database.url)
        return [*rows, meanwhile("PostgreSQL", variables, folder, rounds)]


def newer(folder):
    """Write the migrations of a later version into a folder.

    Return the environment variables with which Django uses them, and the name of this version's last migration.
    """
    package = Path(folder) / "newer"
    shutil.copytree(ROOT / "faq" / "migrations", package / "migrations")
    (package / "__init__.py").touch()
    (package / "settings.py").write_text(SETTINGS)
    last = max(path.stem for path in (package / "migrations").glob("0*.py"))
    (package / "migrations" / "9999_newer.py").write_text(NEWER.format(last=last))
    return {"DJANGO_SETTINGS_MODULE": "newer.settings", "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}, last


def meanwhile(name, variables, folder, rounds):
    """Migrate a site's database to a later version, back and forth, while this version serves; return the Row."""
    prepare(folder, variables)
    later, last = newer(folder)
    with served(variables, stderr=subprocess.DEVNULL) as site:
        with watching(Publisher(site), site.url, pause=0.0, others=site.paths[::20]) as watch:
            wait_for_edits(watch)
            for number in range(rounds):
                if number:
                    manage(variables | later, "migrate", "-v0", "faq", last)
                manage(variables | later, "migrate", "-v0")
                wait_for_edits(watch)
        ready = site.get("/readyz").status
    said = f"{watch.number} edits and {watch.counts['answers']:,} pages meanwhile"
    wrong = lost(watch.counts["failed"], "pages") if ready == 200 else f"/readyz {ready}"
    wrong = "; ".join(watch.refused) or wrong
    return Row(f"a new migration while the version before it serves ({name})", f"{rounds}", wrong, said)


def wait_for_edits(watch):
    """Wait until the editor has made two more changes, or one was refused."""
    so_far = watch.number
    while watch.number < so_far + 2 and not watch.refused:
        time.sleep(0.05)

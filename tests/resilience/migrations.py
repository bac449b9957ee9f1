"""Migrations on databases with content: each undone and done again, and a new one while the old version serves."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPException
from pathlib import Path

from tests import services
from tests.http_editor import Publisher, Refused
from tests.live_site import ROOT, environment, manage, prepare, served
from tests.resilience import NOTHING, Row, lost

#: What the next version might bring: a column that may be empty, one that the database fills, a table, an index.
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
#: Undoes every migration of the site, the newest first, and does and undoes each once more; then does all of them.
BACK_AND_FORTH = """
from pathlib import Path
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
ours = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
graph = MigrationLoader(connection).graph
plan = dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf) if key[0] in ours)
for key in reversed(plan):
    before = next((one.key[1] for one in graph.node_map[key].parents if one.key[0] == key[0]), "zero")
    for target in (before, key[1], before):
        call_command("migrate", key[0], target, verbosity=0)
    connection.check_constraints()
call_command("migrate", verbosity=0)
print(len(plan))
"""


def run(rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        rows = tried("SQLite", environment(folder), folder, rounds)
    if not services.postgresql():
        return [*rows, Row("migrations on PostgreSQL", "0", "", services.missing())]
    with services.database() as database, tempfile.TemporaryDirectory() as folder:
        return rows + tried("PostgreSQL", environment(folder, DATABASE_URL=database.url), folder, rounds)


def tried(name, variables, folder, rounds):
    """Return the Rows of a database with content."""
    prepare(folder, variables)
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", BACK_AND_FORTH]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    wrong = done.stderr.strip().splitlines()[-1] if done.returncode else NOTHING
    what = f"each migration undone, done and undone with content, then all done ({name})"
    rows = [Row(what, done.stdout.strip() or "–", wrong)]
    if rows[0].held:
        manage(variables, "prepare")  # the content is loaded once more
        rows.append(meanwhile(name, variables, folder, rounds))
    return rows


class Witness(threading.Thread):
    """Reads pages and publishes a question, again and again, until `enough` is set."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self.site, self.publisher = site, Publisher(site)
        self.pages = [self.publisher.page, *site.paths[::20]]  # rendered anew: publishing has emptied the cache
        self.read, self.published, self.lost = 0, 0, []
        self.enough = threading.Event()

    def run(self):
        while not self.enough.is_set():
            try:
                self.publisher.publish(self.published)
                self.published += 1
                for path in self.pages:
                    answer = self.site.get(path)
                    self.lost += [] if answer.status == 200 else [f"{path} {answer.status}"]
                    self.read += 1
            except (Refused, OSError, HTTPException) as error:
                self.lost.append(repr(error))

    def wait(self):
        """Return when two more edits were made, or none for so long that something must be wrong."""
        so_far, end = self.published, time.monotonic() + 60
        while self.published < so_far + 2 and time.monotonic() < end:
            time.sleep(0.05)


def newer(folder):
    """Write the migrations of a later version into a folder.

    Returns the environment that makes Django see them, and the name of the last one of this version.
    """
    package = Path(folder) / "newer"
    shutil.copytree(ROOT / "faq" / "migrations", package / "migrations")
    (package / "__init__.py").touch()
    (package / "settings.py").write_text(SETTINGS)
    last = max(path.stem for path in (package / "migrations").glob("0*.py"))
    (package / "migrations" / "9999_newer.py").write_text(NEWER.format(last=last))
    return {"DJANGO_SETTINGS_MODULE": "newer.settings", "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}, last


def meanwhile(name, variables, folder, rounds):
    """Migrate to a later version, back and again, while this one serves readers and an editor."""
    later, last = newer(folder)
    with served(variables, stderr=subprocess.DEVNULL) as site:
        witness = Witness(site)
        witness.start()
        witness.wait()
        for number in range(rounds):
            if number:
                manage(variables | later, "migrate", "-v0", "faq", last)
            manage(variables | later, "migrate", "-v0")
            witness.wait()
        witness.enough.set()
        witness.join()
        ready = site.get("/readyz").status
    said = "; ".join([f"{witness.published} edits and {witness.read} pages meanwhile", *witness.lost[:1]])
    wrong = lost(len(witness.lost), "requests") if ready == 200 else f"/readyz {ready}"
    return Row(f"a new migration while the version before it serves ({name})", f"{rounds}", wrong, said)

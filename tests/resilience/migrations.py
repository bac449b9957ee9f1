"""Migrations on databases with content: each undone and done again, and a new one while the old version serves."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from tests import services
from tests.http_editor import Refused
from tests.live_site import ROOT, environment, manage, prepare, served
from tests.resilience.editor import signed_in
from tests.resilience.rows import NOTHING, Row, lost

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
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from recruit_site.delivery import statements
statements.begin_migrating()  # as the command says by its signal
ours = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
def executor():
    return MigrationExecutor(connection)
graph = executor().loader.graph
plan = executor().migration_plan(graph.leaf_nodes(), clean_start=True)
keys = [(one.app_label, one.name) for one, _back in plan if one.app_label in ours]
for key in reversed(keys):
    before = next((one.key for one in graph.node_map[key].parents if one.key[0] == key[0]), (key[0], None))
    for target in (before, key, before):
        executor().migrate([target])
    connection.check_constraints()
executor().migrate(graph.leaf_nodes())
print(len(keys))
"""


def run(rounds=3):
    found = []
    for name, database in (("SQLite", file), ("PostgreSQL", server)):
        with database() as settings, tempfile.TemporaryDirectory() as folder:
            if settings is None:
                found.append(Row(f"migrations on {name}", "0", "", services.missing()))
                continue
            variables = environment(folder, LOG_FORMAT="json", **settings)
            prepare(folder, variables)
            found.append(back_and_forth(name, variables))
            if found[-1].held:
                manage(variables, "prepare")  # the content is loaded once more
                found.append(meanwhile(name, variables, folder, rounds))
    return found


@contextmanager
def file():
    yield {}


@contextmanager
def server():
    """Run a PostgreSQL and yield the settings that name it; None where there is none."""
    if not services.postgresql():
        yield None
        return
    with services.database() as database:
        yield {"DATABASE_URL": database.url}


def back_and_forth(name, variables):
    """Undo and do every migration on a database with content."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", BACK_AND_FORTH]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    wrong = "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1]
    tried = f"each migration undone, done and undone with content, then all done ({name})"
    return Row(tried, done.stdout.strip() or "–", wrong or NOTHING)


class Witness(threading.Thread):
    """Reads pages and publishes a question, again and again, until it is told to stop."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self.site, self.editor = site, signed_in(site)
        self.fresh = site.paths[::20]
        self.read, self.published, self.lost = 0, 0, []
        self.enough = threading.Event()

    def run(self):
        while not self.enough.is_set():
            self.once()

    def once(self):
        try:
            self.editor.publish(self.published)
            self.published += 1
            for path in [self.editor.page, *self.fresh]:  # made anew: publishing has emptied the store
                answer = self.site.get(path)
                self.lost += [] if answer.status == 200 else [f"{path} {answer.status}"]
                self.read += 1
        except (Refused, OSError, HTTPException) as error:
            self.lost.append(repr(error))


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
    with (Path(folder) / "log").open("w") as log, served(variables, stderr=log) as site:
        witness = Witness(site)
        witness.once()
        witness.start()
        for number in range(rounds):
            if number:
                manage(variables | later, "migrate", "-v0", "faq", last)
            manage(variables | later, "migrate", "-v0")
            so_far, end = witness.published, time.monotonic() + 30
            while witness.published < so_far + 2 and time.monotonic() < end:
                time.sleep(0.05)
        witness.enough.set()
        witness.join()
        ready = site.get("/readyz").status
    said = f"{witness.published} edits and {witness.read} pages meanwhile, ready afterwards: {ready}"
    said += f"; the first: {witness.lost[0]}" if witness.lost else ""
    wrong = lost(len(witness.lost), "requests") if ready == 200 else f"/readyz {ready}"
    return Row(f"a new migration while the version before it serves ({name})", f"{rounds}", wrong, said)

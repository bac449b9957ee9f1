"""A later version's migration, done and undone while this version serves readers and an editor."""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from http.client import HTTPException
from pathlib import Path

from tests import services
from tests.http_editor import Publisher, Refused
from tests.live_site import ROOT, environment, manage, prepare, served
from tests.resilience import Row, lost

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


def run(rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        rows = [meanwhile("SQLite", environment(folder), folder, rounds)]
    if not services.postgresql():
        return [*rows, Row("a new migration (PostgreSQL)", "0", "", services.missing())]
    with services.database() as database, tempfile.TemporaryDirectory() as folder:
        variables = environment(folder, DATABASE_URL=database.url)
        return [*rows, meanwhile("PostgreSQL", variables, folder, rounds)]


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
    """Migrate a database with content to a later version, back and again, while this one serves."""
    prepare(folder, variables)
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

"""kill -9 of a worker, of the master, of all processes at random moments, while editors publish, save and import.

What an editor was told is done must be there after the next start, and nothing half of what they were not told. They
work over HTTP on a real server; `python -m tests.resilience.kill` prints what became of it.
"""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from itertools import count
from tempfile import TemporaryDirectory

from PIL import Image

from tests.http_editor import Editor, Form, Refused, multipart
from tests.live_site import EDITOR, ROOT, environment, manage, new_database, send

#: Rows of one import: all are there or none.
ROWS = 4
WHOM = ("a worker", "the master", "everything")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
#: Makes the editors' account and says what they find to work on.
BEGIN = f"""
import json
from django.contrib.auth.models import User
from faq.models import Question, Topic
from interviews.models import Interview
User.objects.create_superuser("{EDITOR["DJANGO_SUPERUSER_USERNAME"]}", password="{EDITOR["DJANGO_SUPERUSER_PASSWORD"]}")
questions = Question.objects.order_by("pk").values_list("pk", flat=True)
print(json.dumps([*questions[:2], Interview.objects.order_by("pk")[0].pk, Topic.objects.order_by("pk")[0].slug]))
"""
#: What the database holds, as data: the texts in which each change leaves its mark.
LOOK = """
import json
from faq.models import Question
from recruit_site.models import Picture
from recruit_site.editing.records import Revision, WorkingCopy
from recruit_site.keeping import verify
texts = ("title_ja", "title_en", "text_ja", "text_en")
print(json.dumps({
    "rows": {row.slug: [getattr(row, name) for name in texts] for row in Question.objects.all()},
    "revisions": [[one.slug, *(one.snapshot[name] for name in texts)]
                  for one in Revision.objects.filter(model="faq.question", event="published")],
    "copies": {one.slug: [one.snapshot["title_ja"], one.snapshot["answers"][0]["text_ja"]]
               for one in WorkingCopy.objects.filter(model="interviews.interview")},
    "pictures": list(Picture.objects.values_list("name", flat=True)),
    "verify": [str(finding) for finding in verify.findings() if not finding.harmless],
}))
"""


class Server:
    """Gunicorn in a process group of its own, to be killed and started again."""

    def __init__(self, variables):
        self.environment, self.url = variables, f"http://127.0.0.1:{variables['PORT']}"
        self.log = open(os.devnull, "w")  # noqa: SIM115  (for as long as it lives)
        self.process = None

    def start(self):
        """Start it when what is left of an earlier one no longer answers."""
        while self.answers():
            time.sleep(0.05)
        command = [sys.executable, "-m", "gunicorn", "--config", "python:recruit_site.server", "recruit_site.wsgi"]
        options = {"cwd": ROOT, "env": self.environment, "stderr": self.log, "start_new_session": True}
        self.process = subprocess.Popen(command, **options)
        self.wait()

    def answers(self):
        with suppress(OSError):
            return send(f"{self.url}/healthz").status == 200
        return False

    def wait(self):
        deadline = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError("the server does not start again")
            time.sleep(0.05)

    def workers(self):
        command = ["ps", "-o", "pid=", "--ppid", str(self.process.pid)]
        return [int(pid) for pid in subprocess.run(command, capture_output=True, text=True).stdout.split()]

    def kill(self, whom, chance):
        """SIGKILL to "a worker", "the master" or "everything", and a start where that is needed."""
        if whom == "a worker":
            with suppress(ProcessLookupError):
                os.kill(chance.choice(self.workers()), signal.SIGKILL)  # gunicorn itself starts another
            return
        if whom == "the master":
            self.process.kill()  # its workers see it and end; what they do meanwhile is still done
        else:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.start()

    def end(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


class Worker(threading.Thread):
    """An editor at work: does its kind of change again and again, and notes (mark, acknowledged) of each."""

    def __init__(self, name, server, cookies, change, enough):
        super().__init__(name=name, daemon=True)
        self.server, self.change, self.enough = server, change, enough
        self.editor = Editor(server.url)
        self.editor.cookies |= cookies
        self.done, self.faults = [], []

    def run(self):
        for number in count():
            if self.enough.is_set():
                return
            mark = f"{self.name}{letters(number)}"
            self.done.append([mark, False])
            try:
                self.change(self.editor, mark)
                self.done[-1][1] = True
            except OSError:
                self.server.wait()
            except Refused as refused:
                self.faults.append(str(refused))
                self.enough.wait(0.2)

    @property
    def acknowledged(self):
        return [mark for mark, told in self.done if told]


def letters(number):
    """Return a number in letters, so that no check compares it between the languages."""
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in (2, 1, 0))


def texts(mark):
    return {
        "title_ja": f"{mark}とは何ですか？",
        "title_en": f"What is {mark}?",
        "text_ja": f"{mark}です。",
        "text_en": f"It is {mark}.",
    }


def publish(key):
    return lambda editor, mark: editor.send(f"/admin/faq/question/{key}/change/", texts(mark) | {"_publish": "1"})


def keep_copy(key):
    def change(editor, mark):
        values = {"title_ja": mark, "answers-0-text_ja": mark, "_save": "1"}
        editor.send(f"/admin/interviews/interview/{key}/change/", values)

    return change


def upload(editor, mark):
    file = io.BytesIO()
    Image.new("RGB", (48, 40), tuple(os.urandom(3))).save(file, "PNG")
    values = {"name": mark, "alt_ja": "写真"}
    editor.send("/admin/recruit_site/picture/add/", values, {"file": ("a.png", "image/png", file.getvalue())})


def importer(topic):
    """Return what adds ROWS questions with a file: the dry run, then its confirmation."""
    path = "/admin/faq/question/sheet/"

    def change(editor, mark):
        columns = next(csv.reader(io.StringIO(exported(editor, path))))
        file = io.StringIO()
        rows = [["", topic, *texts(f"{mark}-{letters(number)}").values(), "", "", ""] for number in range(ROWS)]
        csv.writer(file).writerows([columns, *rows])
        token = dict(Form(editor.ask(path)[2]).fields)["csrfmiddlewaretoken"]
        sheet = ("a.csv", "text/csv", file.getvalue().encode("utf-8-sig"))
        _status, _location, page = editor.ask(path, *multipart([("csrfmiddlewaretoken", token)], {"file": sheet}))
        fields = [pair for pair in Form(page).fields if pair[0] in ("csrfmiddlewaretoken", "_rows")]
        status, _location, page = editor.ask(path, *multipart([*fields, ("_save", "1")], {}))
        if status != 302:
            raise Refused(f"{status}: {page[:300]}")

    return change


def exported(editor, path):
    token = dict(Form(editor.ask(path)[2]).fields)["csrfmiddlewaretoken"]
    asked = [("csrfmiddlewaretoken", token), ("wanted", "all"), ("form", "csv"), ("_export", "1")]
    return editor.ask(path, *multipart(asked, {}))[2].removeprefix("\ufeff")


def look(variables, code):
    """Return what a piece of code prints as JSON, run in the site."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def judge(workers, found):
    """Yield what is missing of what was acknowledged, and what is there by half, as sentences."""
    by_name = {worker.name: worker for worker in workers}
    rows, published = list(found["rows"].values()), [one[1:] for one in found["revisions"]]
    for values in (*rows, *published):
        mark = marked(values)
        if mark.startswith(tuple(by_name)) and values != list(texts(mark).values()):
            yield f"half of {mark}"
    for name in ("Publisher", "Colleague"):
        kept = {marked(values) for values in published}
        yield from (f"publication {mark}" for mark in by_name[name].acknowledged if mark not in kept)
        yield from lost_last(by_name[name], {marked(values) for values in rows})
    copies = found["copies"].values()
    yield from (f"half of working copy {first}" for first, second in copies if first != second)
    yield from lost_last(by_name["Writer"], {mark for mark, _answer in copies})
    for mark, told in by_name["Importer"].done:
        number = sum(marked(values).startswith(f"{mark}-") for values in rows)
        if number not in ((ROWS,) if told else (0, ROWS)):
            yield f"{number} of {ROWS} rows of import {mark}"
    yield from (f"picture {mark}" for mark in by_name["Photographer"].acknowledged if mark not in found["pictures"])


def marked(values):
    """Return the mark that texts() left in the texts of a question."""
    return values[0].removesuffix("とは何ですか？")


def lost_last(worker, there):
    """Yield the last acknowledged change of a worker, unless it is there, or the one that got no answer after it."""
    if worker.acknowledged:
        last, marks = worker.acknowledged[-1], [mark for mark, _told in worker.done]
        if not there & set(marks[marks.index(last) :]):
            yield f"the last change of {worker.name}: {last}"


@contextmanager
def site(folder, **settings):
    """A server that may be killed, on a database of its own in a folder."""
    variables = environment(folder, WEB_CONCURRENCY="2", **settings)
    if "DATABASE_URL" in settings:
        manage(variables, "prepare")
    else:
        shutil.copy(new_database() / "db.sqlite3", folder)
        server = Server(variables)
    server.start()
    try:
        yield server
    finally:
        server.end()


def trial(folder, edits, kills, chance, **settings):
    """Let editors work until `edits` changes were acknowledged, meanwhile kill whom `kills` name, each at random.

    Returns (the number of changes acknowledged by the name of each editor, faults as sentences).
    """
    enough = threading.Event()
    with site(folder, **settings) as server:
        first, second, interview, topic = look(server.environment, BEGIN)
        editor = Editor(server.url)
        editor.sign_in()
        work = {
            "Publisher": publish(first),
            "Colleague": publish(second),
            "Writer": keep_copy(interview),
            "Importer": importer(topic),
            "Photographer": upload,
        }
        workers = [Worker(name, server, editor.cookies, change, enough) for name, change in work.items()]
        for worker in workers:
            worker.start()
        try:
            for whom in kills:
                time.sleep(chance.uniform(0.1, 2))
                server.kill(whom, chance)
            while sum(len(worker.acknowledged) for worker in workers) < edits:
                time.sleep(0.05)
        finally:
            enough.set()
            for worker in workers:
                worker.join(timeout=120)
        os.killpg(server.process.pid, signal.SIGKILL)
        found = look(server.environment, LOOK)
        faults = [*judge(workers, found), *found["verify"]]
        faults += [f"refused: {says}" for worker in workers for says in worker.faults]
        return {worker.name: len(worker.acknowledged) for worker in workers}, faults


def run(edits=200, kills=24, seed=None):
    """Return (what was tried, how often, what was lost) of a trial; a seed repeats its moments."""
    seed = seed if seed is not None else random.SystemRandom().randrange(1_000_000)
    print(f"kill -9 with seed {seed}")
    chance = random.Random(seed)
    whom = [WHOM[number % len(WHOM)] for number in range(kills)]
    chance.shuffle(whom)
    with TemporaryDirectory() as folder:
        acknowledged, faults = trial(folder, edits, whom, chance)
    told = ", ".join(f"{number} by the {name.lower()}" for name, number in acknowledged.items())
    return [
        *((f"kill -9 of {name} while five editors work", whom.count(name), "") for name in WHOM),
        (f"changes that were acknowledged ({told})", sum(acknowledged.values()), "; ".join(faults) or "nothing"),
    ]


if __name__ == "__main__":
    for row in run(*map(int, sys.argv[1:])):
        print(*row, sep=" | ")

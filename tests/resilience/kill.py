"""kill -9 of a worker, the master or all processes at random moments, while editors publish, save, upload and import.

A change that the site has acknowledged must be there after the next start. A change without a response must be there
completely or not at all.
"""

import csv
import io
import os
import random
import signal
import subprocess
import threading
import time
from contextlib import ExitStack, suppress
from itertools import count
from tempfile import TemporaryDirectory

from PIL import Image

from tests.http_editor import Editor, Form, Refused, letters, multipart, said
from tests.live_site import environment, prepare, served, shell
from tests.resilience import Row, lost

#: The number of rows of an import, which must be stored all or not at all.
ROWS = 4
WHOM = ("a worker", "the master", "everything")
#: Code that prints the question, the interview and the topic that the editors change.
BEGIN = """
import json
from faq.models import Question, Topic
from interviews.models import Interview
print(json.dumps([Question.objects.first().pk, Interview.objects.first().pk, Topic.objects.first().slug]))
"""
#: Code that prints the state of the database: the texts that hold the mark of each change, and the integrity check.
LOOK = """
import json
from faq.models import Question
from recruit_site.media.models import Picture
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.operations import integrity
texts = ("title_ja", "title_en", "text_ja", "text_en")
print(json.dumps({
    "rows": {row.slug: [getattr(row, name) for name in texts] for row in Question.objects.all()},
    "revisions": [[one.slug, *(one.snapshot[name] for name in texts)]
                  for one in Revision.objects.filter(model="faq.question", event="published")],
    "copies": {one.slug: [one.snapshot["title_ja"], one.snapshot["answers"][0]["text_ja"]]
               for one in WorkingCopy.objects.filter(model="interviews.interview")},
    "pictures": list(Picture.objects.values_list("name", flat=True)),
    "verify": [str(finding) for finding in integrity.findings() if not finding.harmless],
}))
"""


class Server:
    """Gunicorn in a process group of its own, which can be killed and started again."""

    def __init__(self, variables):
        self.environment, self.running = variables, ExitStack()
        self.start()

    def start(self):
        options = {"stderr": subprocess.DEVNULL, "start_new_session": True}
        self.site = self.running.enter_context(served(self.environment, **options))

    def kill(self, whom, chance):
        """Send SIGKILL to "a worker", "the master" or "everything", and start the server again where needed."""
        if whom == "a worker":
            workers = subprocess.check_output(["pgrep", "--parent", str(self.site.process)], text=True).split()
            with suppress(ProcessLookupError):
                os.kill(int(chance.choice(workers)), signal.SIGKILL)  # gunicorn's master starts another worker
            return
        if whom == "the master":
            os.kill(self.site.process, signal.SIGKILL)  # its workers notice and end after their requests
            while self.answers():
                time.sleep(0.05)
        self.end()
        self.start()

    def answers(self):
        with suppress(OSError):
            return bool(self.site.get("/healthz"))
        return False

    def end(self):
        with suppress(ProcessLookupError):  # all its processes have ended already
            os.killpg(self.site.process, signal.SIGKILL)
        self.running.close()


class Worker(threading.Thread):
    """A thread of an editor who repeatedly makes one kind of change.

    `done` is a list of [mark, whether the site has acknowledged the change]; `faults` are refused changes.
    """

    def __init__(self, name, editor, change, enough):
        super().__init__(name=name, daemon=True)
        self.editor, self.change, self.enough = editor, change, enough
        self.done, self.faults = [], []

    def run(self):
        for number in count():
            if self.enough.is_set():
                return
            mark = self.name + letters(number)
            self.done.append([mark, False])
            try:
                self.change(self.editor, mark)
                self.done[-1][1] = True
            except OSError:
                self.enough.wait(0.1)
            except Refused as refused:
                self.faults.append(f"refused: {refused}")
                self.enough.wait(0.2)

    @property
    def acknowledged(self):
        return [mark for mark, told in self.done if told]


def texts(mark):
    return {
        "title_ja": f"{mark}とは何ですか？",
        "title_en": f"What is {mark}?",
        "text_ja": f"{mark}です。",
        "text_en": f"It is {mark}.",
    }


def marked(values):
    """Return the mark in the texts of a question made by texts()."""
    return values[0].removesuffix("とは何ですか？")


def publisher(key):
    return lambda editor, mark: editor.send(f"/admin/faq/question/{key}/change/", texts(mark) | {"_publish": "1"})


def writer(key):
    form = f"/admin/interviews/interview/{key}/change/"
    return lambda editor, mark: editor.send(form, {"title_ja": mark, "answers-0-text_ja": mark, "_save": "1"})


def photographer(editor, mark):
    file = io.BytesIO()
    Image.new("RGB", (48, 40), tuple(os.urandom(3))).save(file, "PNG")
    values = {"name": mark, "alt_ja": "写真"}
    editor.send("/admin/media/picture/add/", values, {"file": ("a.png", "image/png", file.getvalue())})


def importer(topic):
    """Return a function that imports ROWS questions from a CSV file: a dry run, then its confirmation."""
    path = "/admin/faq/question/sheet/"

    def post(editor, page, names, values, files):
        fields = [pair for pair in Form(page).fields if pair[0] in names]
        return editor.ask(path, *multipart([*fields, *values.items()], files))

    def change(editor, mark):
        page, token = editor.ask(path)[2], ("csrfmiddlewaretoken",)
        exported = post(editor, page, token, {"wanted": "all", "form": "csv", "_export": "1"}, {})[2]
        columns = next(csv.reader(io.StringIO(exported.removeprefix("\ufeff"))))
        rows = [["", topic, *texts(f"{mark}-{letters(number)}").values()] for number in range(ROWS)]
        rows = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
        file = io.StringIO()
        csv.writer(file).writerows([columns, *rows])
        sheet = ("a.csv", "text/csv", file.getvalue().encode("utf-8-sig"))
        page = post(editor, page, token, {}, {"file": sheet})[2]
        status, _location, page = post(editor, page, (*token, "_rows"), {"_save": "1"}, {})
        if status != 302:
            raise Refused(f"{status}: {said(page)}")

    return change


def judge(workers, found):
    """Yield the acknowledged changes that are missing and the changes that are stored in part, as sentences.

    `found` is the output of LOOK.
    """
    by_name = {worker.name: worker for worker in workers}
    rows, published = list(found["rows"].values()), [one[1:] for one in found["revisions"]]
    for values in (*rows, *published):
        mark = marked(values)
        if mark.startswith(tuple(by_name)) and values != list(texts(mark).values()):
            yield f"half of {mark}"
    stored = {marked(values) for values in published}
    yield from (f"publication {mark}" for mark in by_name["Publisher"].acknowledged if mark not in stored)
    yield from lost_last(by_name["Publisher"], {marked(values) for values in rows})
    copies = found["copies"].values()
    yield from (f"half of working copy {first}" for first, second in copies if first != second)
    yield from lost_last(by_name["Writer"], {mark for mark, _answer in copies})
    for mark, acknowledged in by_name["Importer"].done:
        number = sum(marked(values).startswith(f"{mark}-") for values in rows)
        if number not in ((ROWS,) if acknowledged else (0, ROWS)):
            yield f"{number} of {ROWS} rows of import {mark}"
    yield from (f"picture {mark}" for mark in by_name["Photographer"].acknowledged if mark not in found["pictures"])


def lost_last(worker, there):
    """Yield a sentence if neither the last acknowledged change of a worker nor a later one is there.

    `there` are the stored marks.
    """
    if worker.acknowledged:
        last, marks = worker.acknowledged[-1], [mark for mark, _told in worker.done]
        if not there & set(marks[marks.index(last) :]):
            yield f"the last change of {worker.name}: {last}"


def trial(folder, edits, kills, chance):
    """Let editors work until `edits` changes are acknowledged, and kill each target in `kills` at a random moment.

    Return ({name of the editor: number of acknowledged changes}, faults as sentences).
    """
    variables, enough = environment(folder, WEB_CONCURRENCY="2"), threading.Event()
    prepare(folder, variables)
    question, interview, topic = shell(variables, BEGIN)
    work = {
        "Publisher": publisher(question),
        "Writer": writer(interview),
        "Importer": importer(topic),
        "Photographer": photographer,
    }
    server = Server(variables)
    server.site.manage("createsuperuser", "--noinput", "--email", "editor@example.org")
    editor = Editor(server.site.url)
    editor.sign_in()
    workers = [Worker(name, editor, change, enough) for name, change in work.items()]
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
        server.end()
    found = shell(variables, LOOK)
    faults = [*judge(workers, found), *found["verify"], *(fault for worker in workers for fault in worker.faults)]
    return {worker.name: len(worker.acknowledged) for worker in workers}, faults


def run(edits=200, kills=24):
    seed = random.SystemRandom().randrange(1_000_000)
    chance = random.Random(seed)
    whom = [WHOM[number % len(WHOM)] for number in range(kills)]
    chance.shuffle(whom)
    with TemporaryDirectory() as folder:
        acknowledged, faults = trial(folder, edits, whom, chance)
    told = ", ".join(f"{number} by the {name.lower()}" for name, number in acknowledged.items())
    tried = f"kill -9 of {', '.join(WHOM)} in turn while four editors work: changes that were acknowledged"
    found = lost(len(faults), f"faults: {'; '.join(faults)}")
    return [Row(tried, f"{kills} × kill, {sum(acknowledged.values())} changes", found, f"{told}; seed {seed}")]

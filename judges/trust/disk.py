"""A real server on a disk that is full, or whose folder of pictures cannot be written to.

The disk is a small tmpfs in a namespace of its own, which Linux lets anybody make (`unshare`, `nsenter`).
"""

import io
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from PIL import Image

from judges.editor import Editor, Refused
from judges.site import ROOT, environment, new_database, send, started
from judges.trust.kill import BEGIN, look

NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
MOUNT = "mount -t tmpfs -o size=12m tmpfs {folder} && cp {database} {folder}/"
SERVER = "exec {python} -m gunicorn --config python:recruit_site.server recruit_site.wsgi"
#: What is done to the disk: before the server starts, or while it runs.
READ_ONLY_PICTURES = "mkdir {folder}/media && mount -t tmpfs -o ro tmpfs {folder}/media"
FILL = "dd if=/dev/zero of={folder}/fill bs=4k 2>/dev/null; true"
VERIFY = "cd {root} && {python} manage.py verify"
PAGES = ("/ja/", "/en/interviews/", "/ja/places/", "/ja/search/?q=zzzz", "/admin/login/")


@contextmanager
def disk(folder, before="true"):
    """Run the site on a disk of 12 MB; yields (its Editor, the key of a question, a function that runs a
    command there and returns what it says where it fails)."""
    variables = environment(folder, LOG_FORMAT="json")
    base = f"{folder}/prepared"
    os.mkdir(base)
    shutil.copy(new_database() / "db.sqlite3", base)
    key, *_others = look(variables | {"DATABASE_URL": f"sqlite:///{base}/db.sqlite3"}, BEGIN)
    os.mkdir(f"{folder}/disk")
    names = {"folder": f"{folder}/disk", "database": f"{base}/db.sqlite3", "python": sys.executable, "root": ROOT}
    variables |= {
        "DATABASE_URL": f"sqlite:///{folder}/disk/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/disk/media",
    }
    script = " && ".join((MOUNT, before, SERVER)).format(**names)
    url = f"http://127.0.0.1:{variables['PORT']}"
    command = [*NAMESPACE, "sh", "-c", script]
    with started(command, f"{url}/healthz", env=variables, stderr=subprocess.DEVNULL) as server:

        def inside(code):
            enter = ("nsenter", f"--target={server.pid}", "--user", "--mount", "--preserve-credentials")
            command = [*enter, "sh", "-c", code.format(**names)]
            done = subprocess.run(command, env=variables, capture_output=True, text=True)
            return (done.stdout + done.stderr) if done.returncode else ""

        editor = Editor(url)
        editor.sign_in()
        yield editor, key, inside


def tried(do):
    """Return what an editor is told: "saved", or the beginning of what the page says."""
    try:
        do()
        return "saved"
    except Refused as refused:
        return str(refused)


def judge(editor, key, edit, picture):
    """Yield what is not as it should be; `edit` and `picture` must stand in what is answered to them."""
    for page in PAGES:
        if (status := send(f"http://{editor.host}{page}").status) != 200:
            yield f"{page} answers {status}"
    file = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(file, "PNG")
    values, files = {"name": "x", "alt_ja": "写真"}, {"file": ("a.png", "image/png", file.getvalue())}
    answers = (
        (edit, lambda: editor.send(f"/admin/faq/question/{key}/change/", {"title_ja": "空きは？", "_save": "1"})),
        (picture, lambda: editor.send("/admin/recruit_site/picture/add/", values, files)),
    )
    for wanted, do in answers:
        if wanted not in (answer := tried(do)):
            yield f"{answer!r} in the place of {wanted!r}"


def run():
    """Return (what was tried, how often, what was lost) of each disk."""
    if subprocess.run([*NAMESPACE, "true"]).returncode:
        return [("a full disk", 0, "not tried: this machine allows no namespaces")]
    with TemporaryDirectory() as folder, disk(folder) as (editor, key, inside):
        inside(FILL)
        faults = list(judge(editor, key, "書いた文章は残っています", "画像を保存できませんでした"))
        inside("rm {folder}/fill")
        faults += judge(editor, key, "saved", "saved")
        faults += filter(None, [inside(VERIFY)])
        rows = [("a full disk: pages, an edit, a picture; then room again", 1, "; ".join(faults) or "nothing")]
    with TemporaryDirectory() as folder, disk(folder, READ_ONLY_PICTURES) as (editor, key, _inside):
        faults = list(judge(editor, key, "saved", "画像を保存できませんでした"))
        rows.append(("a folder of pictures that is read-only", 1, "; ".join(faults) or "nothing"))
    return rows


if __name__ == "__main__":
    for row in run():
        print(*row, sep=" | ")

"""A Wagtail site in a virtual environment of its own: the project of `wagtail start`, with one interview in it.

The page has the title, the lead and the answers of the site's interview in a StreamField. It repeats the answers until
it has about as much text as the site's page with head, foot and related pieces. It uses Wagtail's own base template
with a menu from the page tree, and Wagtail's settings for production. The folder wagtail/ holds the changes to the
project.
"""

import json
import shutil
import subprocess
import venv
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from gunicorn.config import make_settings

from recruit_site import gunicorn_conf
from tests.live_site import ROOT, environment, free_port, started

CHANGES = Path(__file__).with_name("wagtail")
REQUIREMENTS = ROOT / "requirements" / "wagtail.txt"
FOLDER = ROOT / "var" / "bench" / "wagtail"
PROJECT = "mysite"
PLACE_OF_MENU = "{% block content %}"


def installed():
    """Return the folder of the environment's commands. Install the locked packages first if the lock has changed."""
    commands, stamp = FOLDER / "bin", FOLDER / "requirements"
    lock = REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != lock:
        venv.create(FOLDER, clear=True, with_pip=True)
        install = [commands / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "--requirement", REQUIREMENTS], check=True)
        stamp.write_text(lock)
    return commands


def made(folder, interview, menu, size):
    """Create the project and its database in `folder`. Return (the environment's Python, the interview's path)."""
    commands = installed()
    python = commands / "python"
    subprocess.run([commands / "wagtail", "start", PROJECT, folder], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(CHANGES, folder, dirs_exist_ok=True)
    base = folder / PROJECT / "templates" / "base.html"
    base.write_text(base.read_text().replace(PLACE_OF_MENU, '{% include "includes/menu.html" %}' + PLACE_OF_MENU))
    page = {
        "title": interview["title"]["ja"],
        "lead": interview["lead"]["ja"],
        "answers": list(enough(interview, size - sum(len(one.encode()) for one in menu))),
        "menu": menu,
    }

    def manage(*command, **options):
        settings = ("--settings", f"{PROJECT}.settings.production")
        command = [python, "manage.py", *command, *settings]
        return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True, **options).stdout

    manage("makemigrations", "home")
    manage("migrate")
    manage("collectstatic", "--noinput")
    return python, manage("fill", input=json.dumps(page)).strip()


def enough(interview, size):
    """Yield the (question, answer) pairs of the interview repeatedly, up to `size` bytes with its title and lead."""
    size -= len((interview["title"]["ja"] + interview["lead"]["ja"]).encode())
    for answer in cycle(interview["answers"]):
        pair = answer["title"]["ja"], answer["text"]["ja"]
        size -= len("".join(pair).encode())
        if size < 0:
            return
        yield pair


@contextmanager
def wagtail(folder, interview, menu, size):
    """Run Wagtail with the site's settings of gunicorn and yield the URL of a page with about `size` bytes of text."""
    python, path = made(folder, interview, menu, size)
    port = free_port()
    config = folder / "gunicorn.conf.py"
    given = gunicorn_settings() | {"bind": f"127.0.0.1:{port}", "chdir": str(folder)}
    config.write_text("".join(f"{name} = {value!r}\n" for name, value in given.items()))
    variables = environment(folder, DJANGO_SETTINGS_MODULE=f"{PROJECT}.settings.production")
    command = [python, "-m", "gunicorn", "--config", config, f"{PROJECT}.wsgi"]
    url = f"http://127.0.0.1:{port}/{path}"
    with started(command, url, env=variables):
        yield url


def gunicorn_settings():
    """Return the site's settings of gunicorn that fit any application: plain values, without hooks and loggers."""
    values = {name: getattr(gunicorn_conf, name, None) for name in make_settings()}
    plain = {name: value for name, value in values.items() if isinstance(value, (bool, int, str))}
    return plain | {"workers": 2, "loglevel": "warning"}

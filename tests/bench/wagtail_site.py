"""Wagtail, in an environment of its own: the project that `wagtail start` makes, with one interview in it.

The page has the title, the lead and the answers of our page in a StreamField, and the answers again until it has about
as much text as our page with its head, foot and related pieces. It is Wagtail's own base template with a menu from the
page tree, its settings are Wagtail's for production. `wagtail/` holds what the project is changed by.
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
    """Return the path of the environment's commands, after installing what is locked where that changed."""
    commands, stamp = FOLDER / "bin", FOLDER / "requirements"
    wanted = REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(FOLDER, clear=True, with_pip=True)
        install = [commands / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "--requirement", REQUIREMENTS], check=True)
        stamp.write_text(wanted)
    return commands


def made(folder, interview, menu, size):
    """Make the project with its database in `folder`; return (the environment's Python, the interview's path)."""
    commands = installed()
    python = commands / "python"
    subprocess.run([commands / "wagtail", "start", PROJECT, folder], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(CHANGES, folder, dirs_exist_ok=True)
    base = folder / PROJECT / "templates" / "base.html"
    base.write_text(base.read_text().replace(PLACE_OF_MENU, '{% include "includes/menu.html" %}' + PLACE_OF_MENU))
    told = {
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
    return python, manage("fill", input=json.dumps(told)).strip()


def enough(interview, size):
    """Yield (question, answer) of the interview, and from the first again, as long as fewer than `size` bytes come."""
    size -= len((interview["title"]["ja"] + interview["lead"]["ja"]).encode())
    for answer in cycle(interview["answers"]):
        pair = answer["title"]["ja"], answer["text"]["ja"]
        size -= len("".join(pair).encode())
        if size < 0:
            return
        yield pair


@contextmanager
def wagtail(folder, interview, menu, size):
    """Run Wagtail under the site's settings of gunicorn; yields the address of a page with `size` bytes of text."""
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
    """Return the site's settings of gunicorn that another application can have: plain values, and no log of its own."""
    found = {name: getattr(gunicorn_conf, name, None) for name in make_settings()}
    plain = {name: value for name, value in found.items() if isinstance(value, (bool, int, str))}
    return plain | {"workers": 2, "loglevel": "warning"}

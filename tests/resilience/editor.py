"""An editor of one question on a running site."""

import json
import subprocess
import sys
import time
from typing import NamedTuple

from tests.http_editor import Editor
from tests.live_site import ROOT

#: Signs in an administrator and says the cookies, and where a question is edited and read.
SIGN_IN = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from faq.models import Question
client = Client()
client.force_login(get_user_model().objects.get_or_create(username="trust", is_staff=True, is_superuser=True)[0])
question = Question.objects.get(slug="{slug}")
with translation.override("ja"):
    page = question.get_absolute_url()
print(json.dumps({{
    "cookies": {{name: cookie.value for name, cookie in client.cookies.items()}},
    "form": reverse("admin:faq_question_change", args=[question.pk]),
    "page": page,
}}))
"""


class Publisher(NamedTuple):
    """A signed-in editor, the form of their question and its page."""

    editor: Editor
    form: str
    page: str

    def publish(self, number):
        """Publish the question with the mark of a number in its title; return the time when the site says it is done.

        That is the time of the clock, in seconds. Refused where the form comes back, OSError where nothing does.
        """
        self.editor.send(self.form, {"title_ja": f"寮や宿舎はありますか？{mark(number)}", "_publish": "1"})
        return time.time()


def mark(number):
    """Return letters for a number: a figure that only one language has would not be published."""
    return "（" + "".join(chr(ord("A") + int(digit)) for digit in str(number)) + "）"


def signed_in(site, slug="housing"):
    """Return a Publisher on a running site."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SIGN_IN.format(slug=slug)]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    editor = Editor(site.url)
    editor.cookies |= found["cookies"]
    return Publisher(editor, found["form"], found["page"])

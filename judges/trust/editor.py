"""An editor who publishes over HTTP, as a browser would, without one."""

import http.client
import json
import re
import subprocess
import sys
import time
from html import unescape
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from judges.forms import form_of
from judges.site import ROOT

#: Signs in an administrator and says the cookie, and where a question is edited and read.
SIGN_IN = """
import json
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from faq.models import Question
user = get_user_model().objects.get_or_create(username="trust", is_staff=True, is_superuser=True)[0]
client = Client()
client.force_login(user)
question = Question.objects.get(slug="{slug}")
with translation.override("ja"):
    page = question.get_absolute_url()
print(json.dumps({{
    "cookie": settings.SESSION_COOKIE_NAME + "=" + client.cookies[settings.SESSION_COOKIE_NAME].value,
    "form": reverse("admin:faq_question_change", args=[question.pk]),
    "page": page,
}}))
"""


def mark(number):
    """Return letters for a number: a figure that only one language has would not be published."""
    return "（" + "".join(chr(ord("A") + int(digit)) for digit in str(number)) + "）"


class Refused(Exception):
    """A form that did not save."""


class Editor(NamedTuple):
    """A signed-in editor of one question: its form in the admin and its page."""

    url: str
    cookie: str
    form: str
    page: str

    def ask(self, method, body=None, cookies=""):
        """Send a request for the form; return (status, headers, text)."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        headers = {"Cookie": self.cookie + cookies, "Accept-Language": "ja"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, self.form, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def publish(self, number):
        """Publish the question with the mark of a number in its title; return the time when the site says it is done.

        That is the time of the clock, in seconds. Refused where it says something else; OSError and HTTPException where it says nothing.
        """
        status, headers, html = self.ask("GET")
        if status != 200:
            raise Refused(f"the form answers {status}")
        csrf = re.search(r"[\w-]*csrftoken=[^;]+", headers["Set-Cookie"] or "")[0]
        fields = {name: unescape(value) for name, value in form_of(html).items()}
        body = urlencode(fields | {"title_ja": f"寮や宿舎はありますか？{mark(number)}", "_publish": "1"})
        status, _headers, html = self.ask("POST", body, f"; {csrf}")
        if status != 302:
            said = re.findall(r'class="errorlist[^"]*"[^>]*><li>(.*?)</li>', html)
            raise Refused(f"publishing answers {status}: {said or html[:100]}")
        return time.time()


def signed_in(site, slug="housing"):
    """Return an Editor of a question on a running site."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SIGN_IN.format(slug=slug)]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True)  # noqa: S603
    return Editor(site.url, **json.loads(done.stdout.splitlines()[-1]))

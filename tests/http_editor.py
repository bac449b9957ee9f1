"""An editor who works over HTTP alone: signs in, fills in the admin's forms as they are, presses a button."""

import http.client
import re
import secrets
import time
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from tests.live_site import EDITOR

#: Seconds after which an answer no longer comes.
PATIENCE = 30
#: What a browser does not send by itself.
UNSENT = ("submit", "file", "button", "image")


class Refused(Exception):
    """A form came back instead of being saved; the message is what the page says."""


class Form(HTMLParser):
    """The fields of the largest form of a page, as a browser would send them: [(name, value), …]."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.select, self.area = [[]], None, None
        self.feed(html)
        self.fields = max(self.forms, key=len)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        name, value = values.get("name"), values.get("value") or ""
        if tag == "form":
            self.forms.append([])
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in values:
            self.forms[-1].append((self.select, value))
        elif tag == "textarea":
            self.area = name
            self.forms[-1].append((name, ""))
        elif tag == "input" and name and values.get("type") not in UNSENT:
            ticked = values.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in values:
                self.forms[-1].append((name, value or ("on" if ticked else "")))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            name, text = self.forms[-1][-1]
            self.forms[-1][-1] = name, text.removeprefix("\n")  # as HTML reads a textarea
            self.area = None

    def handle_data(self, data):
        if self.area:
            name, text = self.forms[-1][-1]
            self.forms[-1][-1] = name, text + data


class Editor:
    """Someone at a running site with an address like http://127.0.0.1:8000. OSError where it does not answer."""

    def __init__(self, url):
        self.host, self.cookies = urlsplit(url).netloc, {}

    def sign_in(self, name=EDITOR["DJANGO_SUPERUSER_USERNAME"], password=EDITOR["DJANGO_SUPERUSER_PASSWORD"]):
        self.send("/admin/login/", {"username": name, "password": password, "next": "/admin/"})

    def ask(self, path, body=None, kind=""):
        """Return (status, address that it leads to, text) of an answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Accept-Language": "ja", "Origin": f"http://{self.host}"} | ({"Content-Type": kind} if body else {})
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request("POST" if body else "GET", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text

    def send(self, path, values, files=None):
        """Fill in the form at an address and send it. Return the address that a saved form leads to; else Refused."""
        status, _location, page = self.ask(path)
        if status != 200:
            raise Refused(f"{path} answers {status}")
        fields = [pair for pair in Form(page).fields if pair[0] not in values] + list(values.items())
        body, kind = multipart(fields, files) if files else (urlencode(fields), "application/x-www-form-urlencoded")
        status, location, page = self.ask(path, body, kind)
        if status != 302:
            raise Refused(f"{status}: {said(page)}")
        return location


class Publisher:
    """An editor with an account on a running site who publishes one question again and again."""

    page = "/ja/faq/housing/"

    def __init__(self, site):
        site.manage("createsuperuser", "--noinput", "--email", "editor@example.org")
        self.editor = Editor(site.url)
        self.editor.sign_in()
        _status, _location, found = self.editor.ask("/admin/faq/question/?q=housing")
        self.form = re.search(r"/admin/faq/question/\d+/change/", found)[0]

    def publish(self, number):
        """Publish the question with the mark of a number in its title; return the time.time() when that was answered.

        Refused where the form comes back, OSError where nothing does.
        """
        self.editor.send(self.form, {"title_ja": f"寮や宿舎はありますか？{mark(number)}", "_publish": "1"})
        return time.time()


def mark(number):
    """Return what a change leaves in a title."""
    return f"（{letters(number)}）"


def letters(number):
    """Return letters for a number: a figure that only one language has would not be published."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def said(page):
    """Return what a page of the admin says of errors."""
    found = re.findall(r'class="(?:errornote|errorlist[^"]*|messagelist)"[^>]*>(.*?)</(?:p|ul)>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split()) or re.sub(r"<[^>]+>", " ", page)[:500]


def multipart(fields, files):
    """Return (body, type) of a form with files: {name: (file name, type, bytes)}."""
    boundary = secrets.token_hex(16)
    parts = [(f'name="{name}"', "", value.encode()) for name, value in fields]
    parts += [
        (f'name="{name}"; filename="{file}"', f"Content-Type: {kind}\r\n", content)
        for name, (file, kind, content) in files.items()
    ]
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n{kind}\r\n".encode() + content + b"\r\n"
        for head, kind, content in parts
    )
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"

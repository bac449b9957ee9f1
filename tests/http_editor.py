"""An editor of the admin site without a browser: signs in, fills in forms and submits them over HTTP."""

import http.client
import re
import secrets
import time
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from tests.live_site import EDITOR

#: The timeout of a request, in seconds.
PATIENCE = 30
#: The types of <input> that a browser does not send unless the user acts on them.
UNSENT = ("submit", "file", "button", "image")


class Refused(Exception):
    """The error that a form was not saved. Its message is the status and the errors on the page."""


class Form(HTMLParser):
    """A parser of a page's largest form. `fields` are [(name, value), …] as a browser would send them."""

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
            self.forms[-1][-1] = name, text.removeprefix("\n")  # HTML ignores a newline right after <textarea>
            self.area = None

    def handle_data(self, data):
        if self.area:
            name, text = self.forms[-1][-1]
            self.forms[-1][-1] = name, text + data


class Editor:
    """An HTTP client with cookies, for a running site with a URL such as http://127.0.0.1:8000.

    Its methods raise OSError where the site does not answer.
    """

    def __init__(self, url):
        self.host, self.cookies = urlsplit(url).netloc, {}

    def sign_in(self, name=EDITOR["DJANGO_SUPERUSER_USERNAME"], password=EDITOR["DJANGO_SUPERUSER_PASSWORD"]):
        self.send("/admin/login/", {"username": name, "password": password, "next": "/admin/"})

    def ask(self, path, body=None, kind=""):
        """Send a GET request, or a POST request if there is a body, and return (status, Location, text)."""
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
        """Fill in the form at a path, submit it, and return the URL that the response redirects to.

        `values` are {name: value}, `files` those of multipart(). Raises Refused where the form was not saved.
        """
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
    """An editor on a running site who repeatedly publishes a question; `page` is the path of its page."""

    page = "/ja/faq/housing/"

    def __init__(self, site):
        site.manage("createsuperuser", "--noinput", "--email", "editor@example.org")
        self.editor = Editor(site.url)
        self.editor.sign_in()
        _status, _location, changelist = self.editor.ask("/admin/faq/question/?q=housing")
        self.form = re.search(r"/admin/faq/question/\d+/change/", changelist)[0]

    def publish(self, number):
        """Publish the question with mark(number) in its title. Return the time.time() of the response.

        Raises Refused where the form was not saved, OSError where the site does not answer.
        """
        self.editor.send(self.form, {"title_ja": f"寮や宿舎はありますか？{mark(number)}", "_publish": "1"})
        return time.time()


def mark(number):
    """Return the mark that change number `number` writes into the title."""
    return f"（{letters(number)}）"


def letters(number):
    """Return a letter for each digit of a number. The editorial checks refuse digits that only one language has."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def said(page):
    """Return the errors and messages on a page of the admin site, else the beginning of the page's text."""
    errors = re.findall(r'class="(?:errornote|errorlist[^"]*|messagelist)"[^>]*>(.*?)</(?:p|ul)>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(errors)).split()) or re.sub(r"<[^>]+>", " ", page)[:500]


def multipart(fields, files):
    """Return (body, content type) of a form. `files` are {field name: (file name, content type, bytes)}."""
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

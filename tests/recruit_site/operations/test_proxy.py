"""The proxy of deploy/nginx.conf: its cache, changes of pages, outages of the site, and a rolling restart."""

import socket
import ssl
import threading
import time
from contextlib import closing, contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from subprocess import Popen
from types import SimpleNamespace

import pytest

from tests.live_site import GUNICORN, ROOT, environment, free_port, prepare, send, served, wait_for
from tests.nginx import nginx, proxied

PAGE = "/ja/faq/housing/"
#: A script for `manage.py shell` that changes a field of that page, as editors do.
CHANGE = """
from faq.models import Question
question = Question.objects.get(slug="housing")
question.{field} = "{value}"
question.save()
"""
TITLE = "寮や宿舎は、いまもありますか？"
UNREADABLE = "アドレスを読み取れませんでした", "This address cannot be read"
BROWSERS = ("gzip, deflate, br, zstd", "gzip, deflate, br", "br;q=1.0, gzip", "gzip, deflate", "gzip", "identity", "")

pytestmark = pytest.mark.skipif(nginx() is None, reason="nginx cannot be found: apt-get install nginx-light")


@contextmanager
def through_proxy(folder, *ports):
    """Start nginx in front of `ports`; yield the functions `ask`, which requests a path, and `send`, for raw bytes."""
    with proxied(folder, nginx(), *ports) as port:
        context = ssl._create_unverified_context()  # noqa: S323  (the test made the certificate itself)

        def ask(path=PAGE, method="GET", body=None, **headers):
            fields = {name.replace("_", "-"): value for name, value in headers.items()}
            with closing(HTTPSConnection("127.0.0.1", port, timeout=60, context=context)) as connection:
                connection.request(method, path, body, {"Accept-Encoding": "identity"} | fields)
                answer = connection.getresponse()
                text = answer.read().decode().replace("\u200b", "")
            return SimpleNamespace(status=answer.status, headers=answer.headers, text=text)

        def send_bytes(request):
            plain = socket.create_connection(("127.0.0.1", port), timeout=60)
            with plain, context.wrap_socket(plain) as connection:
                connection.sendall(request)
                return b"".join(iter(lambda: connection.recv(65536), b"")).decode()

        yield SimpleNamespace(ask=ask, send=send_bytes)


@pytest.fixture
def variables(tmp_path):
    values = environment(tmp_path, BEHIND_PROXY="true")
    prepare(tmp_path, values)
    return values


def test_change_is_seen_through_the_proxy(tmp_path, variables):
    with served(variables) as site, through_proxy(tmp_path, variables["PORT"]) as proxy:
        wait_for(lambda: proxy.ask().headers["X-Cache"] == "HIT")
        assert TITLE not in proxy.ask().text
        site.manage("shell", "-v0", "-c", CHANGE.format(field="title_ja", value=TITLE))
        changed = int(time.time())
        wait_for(lambda: TITLE in proxy.ask().text)
        headers = proxy.ask().headers
    assert headers["X-Accel-Expires"] is None  # nginx removes the header, which is meant for it
    assert parsedate_to_datetime(headers["Date"]).timestamp() >= changed  # browsers count max-age from Date


@pytest.mark.parametrize(("field", "value", "status"), [("state", "archived", 410), ("slug", "rooms", 301)])
def test_page_that_was_withdrawn_or_moved_does_not_come_back_with_an_outage(tmp_path, variables, field, value, status):
    with through_proxy(tmp_path, variables["PORT"]) as proxy:
        with served(variables) as site:
            before = proxy.ask().status
            site.manage("shell", "-v0", "-c", CHANGE.format(field=field, value=value))
            wait_for(lambda: proxy.ask().status == status)
        wait_for(lambda: proxy.ask().headers["X-Cache"] == "STALE")
        assert (before, proxy.ask().status) == (200, status)


def test_cached_page_is_shown_while_the_web_process_is_away(tmp_path, variables):
    with through_proxy(tmp_path, variables["PORT"]) as proxy:
        with served(variables):
            before = proxy.ask().text
        wait_for(lambda: proxy.ask().headers["X-Cache"] == "STALE")
        after, other = proxy.ask(), proxy.ask("/ja/places/")
    assert (after.status, after.text) == (200, before)
    assert other.status == 502
    assert "しばらくお待ちください" in other.text
    assert "Back in a moment" in other.text
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


class Gunicorn:
    """A server process of the site that can be stopped and started again under the same port."""

    def __init__(self, variables, port):
        self.variables, self.port, self.process = variables | {"PORT": str(port)}, port, None

    def start(self):
        self.process = Popen(GUNICORN, cwd=ROOT, env=self.variables)  # noqa: S603
        wait_for(self.is_ready)

    def is_ready(self):
        try:
            return send(f"http://127.0.0.1:{self.port}/readyz").status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class Reader(threading.Thread):
    """A thread that requests two pages and an uncached address through the proxy, and collects the `statuses`."""

    def __init__(self, ask, number):
        super().__init__(daemon=True)
        self.ask, self.number = ask, number
        self.statuses, self.enough = [], threading.Event()

    def run(self):
        while not self.enough.is_set():
            for path in (PAGE, "/ja/", f"/robots.txt?reader={self.number}-{len(self.statuses)}"):
                try:
                    self.statuses.append(self.ask(path).status)
                except OSError as error:
                    self.statuses.append(repr(error))


def wait_for_answers(readers):
    """Wait until each reader has had more than six further responses."""
    so_far = [len(reader.statuses) for reader in readers]
    wait_for(lambda: all(len(reader.statuses) > number + 6 for reader, number in zip(readers, so_far, strict=True)))


def test_rolling_restart_of_two_web_processes_fails_no_request(tmp_path, variables):
    webs, ended = [Gunicorn(variables, free_port()) for _number in range(2)], []
    try:
        for web in webs:
            web.start()
        with through_proxy(tmp_path, *(web.port for web in webs)) as proxy:
            readers = [Reader(proxy.ask, number) for number in range(6)]
            for reader in readers:
                reader.start()
            wait_for_answers(readers)
            for web in webs:
                ended.append(web.stop())
                web.start()
                wait_for_answers(readers)
            for reader in readers:
                reader.enough.set()
            for reader in readers:
                reader.join(timeout=60)
    finally:
        for web in webs:
            web.kill()
    assert ended == [0, 0]
    assert {status for reader in readers for status in reader.statuses} == {200}


@pytest.fixture
def site():
    """Yield a server in place of the site, which answers with `status` and `headers` and collects requests in `asked`.

    A `status` of None closes the connection without a response.
    """
    stand_in = SimpleNamespace(status=200, headers={"X-Accel-Expires": "1"}, asked=[], port=0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            stand_in.asked.append(dict(self.headers))
            if stand_in.status is None:
                self.close_connection = True
                return
            self.send_response(stand_in.status)
            for name, value in ({"Content-Length": "6"} | stand_in.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"a page")

        do_POST = do_GET

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand_in.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield stand_in
        server.shutdown()


@pytest.fixture
def proxy(tmp_path, site):
    with through_proxy(tmp_path, site.port) as functions:
        yield functions


@pytest.mark.parametrize("status", [500, 502, 503, 504, None])
def test_cached_page_is_shown_while_the_site_answers_with_a_failure(proxy, site, status):
    before = proxy.ask()
    site.status, site.headers = status, {"Cache-Control": "no-store"}
    wait_for(lambda: proxy.ask().headers["X-Cache"] == "STALE")
    after = proxy.ask()
    assert (after.status, after.text) == (before.status, before.text) == (200, "a page")


def test_failure_is_passed_on_where_nothing_is_cached(proxy, site):
    site.status, site.headers = 503, {"Retry-After": "30"}
    answer = proxy.ask()
    assert (answer.status, answer.text, answer.headers["Retry-After"]) == (503, "a page", "30")
    assert len(site.asked) == 1


def test_page_is_cached_once_for_each_coding_whatever_list_a_browser_sends(proxy, site):
    site.headers = {"X-Accel-Expires": "60", "Vary": "Accept-Encoding"}
    for _time in range(2):
        for codings in BROWSERS:
            proxy.ask(Accept_Encoding=codings)
    assert [headers.get("Accept-Encoding") for headers in site.asked] == ["br", "gzip", None]


def test_head_is_answered_from_the_same_copy(proxy, site):
    site.headers = {"X-Accel-Expires": "60"}
    caches = [proxy.ask(method=method).headers["X-Cache"] for method in ("GET", "HEAD")]
    assert (caches, len(site.asked)) == (["MISS", "HIT"], 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "public, max-age=60"},
        {"X-Accel-Expires": "60", "Vary": "Accept-Language"},
        {"X-Accel-Expires": "60", "Set-Cookie": "a=b"},
    ],
    ids=["not marked for the proxy", "other in each language", "with a cookie"],
)
def test_answer_that_is_not_the_same_for_all_is_not_cached(proxy, site, headers):
    site.headers = headers
    assert [proxy.ask().headers["X-Cache"] for _time in range(2)] == ["MISS", "MISS"]


@pytest.mark.parametrize("cookie", ["__Host-sessionid=x", "other=y; __Host-sessionid=x"])
def test_staff_with_a_session_are_answered_by_the_site(proxy, site, cookie):
    site.headers = {"X-Accel-Expires": "60"}
    proxy.ask()
    answers = [proxy.ask(Cookie=cookie).headers["X-Cache"] for _time in range(2)]
    assert (answers, len(site.asked)) == (["BYPASS", "BYPASS"], 3)


def test_style_is_kept_as_long_as_its_cache_control_says(proxy, site):
    site.headers = {"Cache-Control": "max-age=60, public", "Vary": "Accept-Encoding"}
    assert [proxy.ask("/static/css/site.css").headers["X-Cache"] for _time in range(2)] == ["MISS", "HIT"]


@pytest.mark.parametrize(("method", "times"), [("GET", 3), ("POST", 1)])
@pytest.mark.parametrize("path", [PAGE, "/admin/faq/question/add/"])
def test_request_that_the_site_cut_off_is_sent_again_unless_it_is_a_form(proxy, site, method, times, path):
    site.status = None
    answer = proxy.ask(path, method, "title=x" if method == "POST" else None)
    assert (answer.status, len(site.asked)) == (502, times)
    assert "しばらくお待ちください" in answer.text


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /ja/" + b"x" * 9000 + b" HTTP/1.1", 414),
        (b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 9000, 400),
        (b"GET /\x00 HTTP/1.1", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1", 400),
    ],
    ids=["long address", "long header", "null byte", "two lengths"],
)
def test_request_that_nginx_cannot_read_is_answered_in_both_languages(proxy, site, request_line, status):
    head, _blank, body = proxy.send(request_line + b"\r\nHost: localhost\r\n\r\n").partition("\r\n\r\n")
    assert head.split()[1] == str(status)
    assert [text in body for text in UNREADABLE] == [True, True]
    assert "Content-Security-Policy: default-src 'none'; style-src 'self'" in head
    assert site.asked == []


@pytest.mark.parametrize("path", ["/readyz", "/metrics", "/errors/400.html"])
def test_what_is_for_the_machinery_alone_is_not_there(proxy, site, path):
    assert (proxy.ask(path).status, site.asked) == (404, [])

"""A server with public settings, as behind a proxy: its security headers, and no secrets in responses and log."""

import http.client
import re
import socket
from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image

from tests.live_site import GUNICORN, environment, new_database, started

HOST = "recruit.example.go.jp"
PICTURE = "pictures/0123456789abcdef0123456789abcdef/wide-640-360-1.jpg"
TOKEN = "secret-token-of-a-prometheus-" * 2
POLICY = (
    "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
SIGN_IN_POLICY = POLICY.replace("img-src 'self'", "img-src 'self' data:")
ADMIN_POLICY = SIGN_IN_POLICY.partition("; require")[0]
REFUSED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Yield the site under HTTPS with one page that fails: functions to `ask`, to `send` bytes, to read the `log`."""
    folder = tmp_path_factory.mktemp("site")
    variables = environment(
        new_database(),
        SITE_URL=f"https://{HOST}",
        ALLOWED_HOSTS=HOST,
        BEHIND_PROXY="true",
        MEDIA_ROOT=str(folder),
        SECRET_KEY="secret-that-signs-everything-" * 2,
        METRICS_TOKEN=TOKEN,
        LOG_FORMAT="json",
        SECURITY_CONTACT=f"mailto:security@{HOST}",
    )
    (folder / PICTURE).parent.mkdir(parents=True)
    Image.new("RGB", (640, 360)).save(folder / PICTURE)
    port = int(variables["PORT"])

    def ask(path, method="GET", body=None, scheme="https", **sent):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        own = {"Host": HOST, "X-Forwarded-Proto": scheme}
        connection.request(method, path, body, own | {name.replace("_", "-"): value for name, value in sent.items()})
        response = connection.getresponse()
        answer = SimpleNamespace(status=response.status, headers=dict(response.headers), body=response.read())
        connection.close()
        return answer

    def send(request):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.sendall(request)
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _blank, body = received.partition(b"\r\n\r\n")
        status, _line, lines = head.partition(b"\r\n")
        headers = dict(http.client.parse_headers(BytesIO(lines + b"\r\n\r\n")))
        return SimpleNamespace(status=int(status.split()[1]), headers=headers, body=body)

    log = folder / "log"
    command = [*GUNICORN[:-1], "tests.failing_site"]
    with log.open("wb") as file, started(command, f"http://127.0.0.1:{port}/healthz", env=variables, stderr=file):
        yield SimpleNamespace(ask=ask, send=send, log=lambda: log.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers(server):
    """Return one response of each kind by (name, status); some of the requests contain secrets."""
    ask, page = server.ask, server.ask("/ja/")
    style = re.search(rb'href="(/static/css/[^"]+)"', page.body)[1].decode()
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    private = {"Cookie": "sessionid=secret-session", "Authorization": "Basic secret-basic"}
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
    return {
        ("page", 200): page,
        ("page from memory", 200): ask("/ja/"),
        ("page without a body", 200): ask("/ja/", "HEAD"),
        ("page under way", 304): ask("/ja/", If_None_Match=page.headers["ETag"]),
        ("style", 200): ask(style),
        ("picture", 200): ask(f"/media/{PICTURE}"),
        ("drawn picture", 200): ask("/ja/share.png"),
        ("content as JSON", 200): ask("/api/content.json"),
        ("security.txt", 200): ask("/.well-known/security.txt"),
        ("sign-in", 200): ask("/admin/login/"),
        ("redirect to HTTPS", 301): ask("/ja/?q=secret-query", scheme="http"),
        ("redirect to the slash", 301): ask("/ja/faq?q=secret-query"),
        ("redirect to the language", 302): ask("/"),
        ("admin", 302): ask("/admin/?q=secret-query", **private),
        ("query too long", 400): ask("/ja/?q=secret-" + "x" * 2000),
        ("foreign host", 400): ask("/ja/?q=secret-query", Host="evil.example"),
        ("forged form", 403): ask("/admin/login/", "POST", "password=secret-password", **form, **private),
        ("nothing there", 404): ask("/ja/nowhere/?q=secret-query", **private),
        ("preview", 404): ask("/preview/secret-key:1/ja/", **private),
        ("not to be written", 405): ask("/ja/", "POST", "password=secret-password", **private),
        ("fault", 500): ask("/ja/glossary/?q=secret-query", **private),
        ("probe", 200): ask("/healthz"),
        ("probe of everything", 200): ask("/readyz"),
        ("figures", 200): ask("/metrics", **bearer),
        ("no figures", 404): ask("/metrics", Authorization="Bearer secret-guess"),
        ("unreadable", 400): server.send(b"GET  /ja/?q=secret-query HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("unreadable preview", 400): server.send(b"GET http://[/preview/secret-key/ja/ HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("unreadable cookie", 400): server.send(b"GET / HTTP/1.1\r\nCookie : sessionid=secret-session\r\n\r\n"),
    }


def test_every_answer_refuses_the_same(answers):
    assert {name: answer.status for name, answer in answers.items()} == {name: name[1] for name in answers}
    # Malformed requests get gunicorn's own response without these headers; the proxy does not pass them on.
    expected = {name: REFUSED | HSTS for name, status in answers if status != 304 and "unreadable" not in name}
    for name in expected:
        if name.startswith(("probe", "figures", "no figures", "redirect to HTTPS")):
            expected[name] = REFUSED  # HSTS is not for programs, and has no effect over HTTP
        if name.endswith("picture"):
            expected[name] = REFUSED | HSTS | {"Cross-Origin-Resource-Policy": "cross-origin"}
    expected["sign-in"] = expected["sign-in"] | {"Content-Security-Policy": SIGN_IN_POLICY}
    expected["admin"] = REFUSED | HSTS | {"Content-Security-Policy": ADMIN_POLICY}
    assert {
        name: {header: answer.headers.get(header) for header in expected[name]}
        for (name, _status), answer in answers.items()
        if name in expected
    } == expected


def test_no_log_line_and_no_answer_holds_a_secret(server, answers):
    log = server.log()
    assert log.count("Internal Server Error: /ja/glossary/") == 1
    assert log.count("Invalid request from ip=…: ") == 3
    lines = [line for line in log.splitlines() if '"Listening at: ' not in line]
    assert [line for line in lines if "secret-" in line or "127.0.0.1" in line] == []
    assert [name for name, answer in answers.items() if b"secret-" in answer.body] == [
        ("unreadable", 400),  # gunicorn repeats the malformed line to its sender
        ("unreadable preview", 400),
    ]
    assert [name for name, answer in answers.items() if "secret-" in str(answer.headers)] == [
        ("redirect to HTTPS", 301),  # the redirect repeats the requested address
        ("redirect to the slash", 301),
        ("admin", 302),
    ]

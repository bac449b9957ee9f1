"""The log: a line for each request and each event in it, without secrets or personal data."""

import json
import logging

import pytest
from django.test import Client, override_settings
from django.urls import path

from recruit_site.web.request_log import JSONFormatter, TextFormatter, configuration


def failing(request):
    logging.getLogger("recruit_site.example").warning("about to fail")
    raise RuntimeError("a fault")


urlpatterns = [path("failing/", failing)]


@pytest.fixture
def lines(caplog):
    """A function that returns the log lines so far, parsed from the JSON of JSONFormatter."""
    caplog.handler.setFormatter(JSONFormatter())
    caplog.set_level("INFO", logger="recruit_site.web.request_log")
    return lambda: [json.loads(line) for line in caplog.text.splitlines()]


def test_request_has_one_line_with_its_id(client, db, lines):
    response = client.get("/ja/faq/")
    [line] = lines()
    assert line.pop("time").endswith("+00:00")
    assert line.pop("message") == f"GET /ja/faq/ 200 {line['ms']} ms"
    assert line.pop("ms") > 0
    assert line == {
        "level": "INFO",
        "logger": "recruit_site.web.request_log",
        "request": response["X-Request-ID"],
        "method": "GET",
        "path": "/ja/faq/",
        "status": 200,
    }


def test_log_holds_no_query_cookie_password_or_key_of_a_preview(lines, db):
    client = Client()
    client.cookies["sessionid"] = "secret-cookie"
    client.get("/ja/search/?q=secret-query")
    client.post("/admin/login/", {"username": "editor", "password": "secret-password"})
    client.get("/preview/secret-key:1/ja/")
    assert "secret" not in json.dumps(lines())
    assert [line["path"] for line in lines() if "path" in line][-1] == "/preview/…/ja/"


def test_djangos_own_line_about_an_answer_has_the_id_too(client, db, lines):
    response = client.get("/ja/nowhere/")
    assert {(line["logger"], line["request"]) for line in lines()} == {
        ("recruit_site.web.request_log", response["X-Request-ID"]),
        ("django.request", response["X-Request-ID"]),
    }


@override_settings(ROOT_URLCONF=__name__)
def test_every_line_of_a_request_has_its_id_down_to_the_fault(lines):
    response = Client(raise_request_exception=False).get("/failing/")
    warning, fault, access = lines()
    assert {line["request"] for line in (warning, fault, access)} == {response["X-Request-ID"]}
    assert (warning["message"], access["status"]) == ("about to fail", 500)
    assert fault["error"].endswith("RuntimeError: a fault")


def test_line_outside_of_a_request_has_no_id(lines):
    logging.getLogger("recruit_site.example").warning("starting")
    [line] = lines()
    assert "request" not in line


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Error handling request /ja/search/?q=secret&in=faq", "Error handling request /ja/search/?…"),
        ("cannot reach redis://:secret@cache:6379/0", "cannot reach redis://…@cache:6379/0"),
        ("cannot reach postgres://recruit:secret@database/recruit", "cannot reach postgres://…@database/recruit"),
        ("Invalid request from ip=::1: no", "Invalid request from ip=…: no"),
        ('Not Found: "/preview/secret"', 'Not Found: "/preview/…"'),
        ('is it "?secret="', 'is it "?…"'),
        ("is there a=b? yes", "is there a=b? yes"),
    ],
)
def test_line_of_whoever_writes_it_hides_secrets_and_stays_json(written, kept):
    record = logging.LogRecord("any", logging.ERROR, "", 0, written, (), None)
    assert json.loads(JSONFormatter().format(record))["message"] == kept


@pytest.mark.parametrize(
    ("trusted", "sent", "taken"),
    [
        (True, "a-proxys-own-id", True),
        (False, "a-proxys-own-id", False),
        (True, "short", False),
        (True, "forged\nline or longer than it may be", False),
        (True, "x" * 65, False),
    ],
)
def test_id_is_taken_from_a_trusted_proxy_alone(client, db, settings, trusted, sent, taken):
    settings.BEHIND_PROXY = trusted
    answered = client.get("/robots.txt", headers={"x-request-id": sent})["X-Request-ID"]
    assert (answered == sent) is taken
    assert len(answered) >= 8


def test_text_for_people_is_one_line_without_keys():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/preview/key/ja/",), None)
    form = configuration("text")["formatters"]["text"]["format"]
    assert TextFormatter(form).format(record) == "WARNING django.request: Not Found: /preview/…/ja/"

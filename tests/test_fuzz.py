"""Tests that a live server refuses malformed requests. `make resilience` sends far more of them."""

import pytest

from tests.resilience import fuzz, wire
from tests.resilience.hostile_requests import SMUGGLED

pytestmark = pytest.mark.django_db

#: The number of examples. They are always the same, so that a change that breaks nothing cannot fail.
EXAMPLES = 150
READ = "GET /ja/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def target(database_file):
    with fuzz.target(database_file, every=10) as running:
        yield running


def test_hostile_requests_are_refused_and_change_no_page(target):
    fuzz.attack(target, EXAMPLES, repeatable=True)
    assert target.failures() == []
    assert target.changed() == []


@pytest.mark.parametrize(
    "headers",
    [
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: 4, 4",
        "Content-Length: +4",
        "Content-Length: 0x4",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: \x0bchunked",
        "Transfer-Encoding : chunked",
    ],
)
def test_request_whose_end_two_servers_may_see_differently_is_refused_with_all_that_follows(target, headers):
    answers, _seconds = wire.exchange(target.port, f"{READ}{headers}\r\n\r\n0\r\n\r\n".encode() + SMUGGLED)
    assert [answer.status for answer in answers] in ([400], [501])  # 501: RFC 9112, 6.1


@pytest.mark.parametrize("header", ["Script_Name: /evil", "Script-Name: /evil", "X-Forwarded-Prefix: /evil"])
def test_header_moves_the_site_to_no_other_path(target, header):
    usual, moved = (wire.exchange(target.port, f"{READ}{more}\r\n".encode()) for more in ("", f"{header}\r\n"))
    assert moved.answers[0].content == usual.answers[0].content
    assert moved.answers[0].status == 200

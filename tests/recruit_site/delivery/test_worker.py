"""One server process on real sockets: published pages wait for none of its threads."""

import socket
from contextlib import ExitStack, contextmanager, suppress

import pytest

from tests.live_site import running

PAGE = "/ja/faq/"
#: A page that is made anew each time, by a thread.
MADE = "/ja/search/?q=%E7%95%99%E5%AD%A6"
#: More than the process has threads.
MANY = 12
#: More answers than the system takes for a client that reads none of them.
ENOUGH = 1000
#: Bytes that the system of a client keeps for it.
LITTLE = 10_000


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site"), WEB_CONCURRENCY="1") as site:
        site.get(PAGE)
        yield site


@contextmanager
def connected(site, timeout=10):
    host, port = site.url.removeprefix("http://").split(":")
    with socket.socket() as connection:
        connection.settimeout(timeout)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        connection.connect((host, int(port)))
        yield connection


def request(path, *fields, host="127.0.0.1"):
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: br", *fields, "", ""]).encode()


def answer_from(stream):
    """Return the head of the next answer, without its moment, and its body."""
    head = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        head.append(line.decode().strip())
    length = next((int(line.partition(":")[2]) for line in head if line.startswith("Content-Length:")), 0)
    return [line for line in head if not line.startswith(("Date:", "X-Request-ID:"))], stream.read(length)


def ask(site, path, *fields, timeout=10, **others):
    with connected(site, timeout) as connection, connection.makefile("rb") as stream:
        connection.sendall(request(path, *fields, **others))
        return answer_from(stream)


def test_published_page_is_answered_while_every_thread_waits(site):
    page = ask(site, PAGE)
    with ExitStack() as slow:
        for _number in range(MANY):
            slow.enter_context(connected(site)).sendall(b"GET /ja/ HTTP/1.1\r\nHost:")
        with pytest.raises(TimeoutError):
            ask(site, MADE, timeout=1)
        assert [ask(site, PAGE) for _time in range(3)] == [page] * 3
    assert ask(site, MADE)[0][0] == "HTTP/1.1 200 OK"


def test_kept_page_under_a_foreign_name_is_for_a_thread_to_refuse(site):
    ask(site, PAGE)
    with ExitStack() as slow:
        for _number in range(MANY):
            slow.enter_context(connected(site)).sendall(b"GET /ja/ HTTP/1.1\r\nHost:")
        with pytest.raises(TimeoutError):
            ask(site, PAGE, host="elsewhere.example", timeout=1)
    assert ask(site, PAGE, host="elsewhere.example")[0][0] == "HTTP/1.1 400 Bad Request"


def test_clients_that_send_nothing_hold_no_thread(site):
    with ExitStack() as silent:
        for _number in range(MANY):
            silent.enter_context(connected(site))
        assert ask(site, MADE, timeout=3)[0][0] == "HTTP/1.1 200 OK"


def test_client_that_takes_nothing_keeps_nobody_waiting(site):
    with connected(site) as greedy, connected(site, timeout=5) as other, other.makefile("rb") as stream:
        greedy.setblocking(False)
        for _number in range(ENOUGH):
            with suppress(BlockingIOError):  # neither side takes any more of it
                greedy.send(request(PAGE))
            for _time in range(4):  # meanwhile the process sees to the other client too
                other.sendall(request(PAGE))
                assert answer_from(stream)[0][0] == "HTTP/1.1 200 OK"


def test_client_that_does_not_close_its_connection_keeps_nobody_waiting(site):
    with connected(site) as one, one.makefile("rb") as stream:
        one.sendall(request(PAGE, "Connection: close"))
        page = answer_from(stream)
        assert ask(site, PAGE, timeout=1)[1] == page[1]


@pytest.mark.parametrize("asked", [(f"{PAGE}?utm_source=x",), (PAGE, "Content-Length: 0")])
def test_thread_answers_with_the_same_bytes(site, asked):
    assert ask(site, *asked) == ask(site, PAGE)


def test_requests_sent_together_are_answered_in_their_order(site):
    paths = [PAGE, "/robots.txt", PAGE, PAGE, "/favicon.ico", PAGE]
    with connected(site) as connection, connection.makefile("rb") as stream:
        connection.sendall(b"".join(request(path) for path in paths))
        together = [answer_from(stream) for _path in paths]
    assert together == [ask(site, path) for path in paths]

"""Gunicorn's process of threads, which answers for published pages before any thread has to."""

import fcntl
import re
import struct
import termios
import time
from socket import MSG_DONTWAIT, MSG_PEEK
from typing import NamedTuple

from gunicorn.workers.gthread import _DEFER, ThreadWorker

#: Seconds that a handshake may last which the system began before the server stopped.
HANDSHAKE = 0.1
#: Seconds in which another process wakes up.
TURN = 0.0001
#: The longest head of a request that is looked at in the loop, in bytes.
LONGEST = 4096
START = re.compile(rb"(?:GET|HEAD) (/[\w/.-]*) HTTP/1\.1\r\n", re.ASCII)
#: The fields that decide what is answered.
DECISIVE = {"accept-encoding", "cookie", "host", "x-forwarded-proto"}
#: Those with which there is more to a request than its head.
MORE = {"content-length", "transfer-encoding", "expect", "upgrade"}
FIELD = re.compile(rf"\r\n({'|'.join(DECISIVE | MORE)}):([^\r\n]*)", re.IGNORECASE)


class Worker(ThreadWorker):
    """A process whose loop answers at once what it can, and leaves to the threads what must be made.

    Readers of published pages wait for no thread: not while each makes a page, nor while each waits for a database
    or for a client that sends its request byte by byte. Nor does a thread wait for a client that sends nothing yet.
    An application says by `has_at_hand(path, fields)` what it answers without waiting for anything.

    When it stops, it cuts off nobody. Gunicorn's own stops taking connections but keeps the socket on which the
    system still does, for as long as it has requests to end; then those that came meanwhile are reset. This one takes
    what the system had begun to take, for as long as a handshake lasts, and lets go, so that who comes later is
    refused and asks another process or machine.
    """

    def accept(self, listener):
        """Take a connection; who has more than it serves at once lets the other processes take theirs first."""
        if self.nr_conns >= self.cfg.threads:
            time.sleep(TURN)
        super().accept(listener)

    def enqueue_req(self, conn):
        """Answer a connection on which something came, or let a thread do it."""
        head = waiting(conn) if self.alive else None
        if head == b"":
            self.finish_request(conn, Done(_DEFER))
        elif head and self.has_at_hand(head) and nothing_unsent(conn.sock):
            self.finish_request(conn, Done(self.answer(conn)))
        else:
            super().enqueue_req(conn)

    def has_at_hand(self, head):
        """Whether this is all of a request, and the application can answer it at once."""
        start = START.match(head)
        if not (start and head.endswith(b"\r\n\r\n") and hasattr(self.wsgi, "has_at_hand")):
            return False
        found = FIELD.findall(head.decode("latin-1"))
        fields = {name.lower(): value.strip() for name, value in found}
        if len(fields) < len(found) or not fields.keys() <= DECISIVE:
            return False
        return self.wsgi.has_at_hand(start[1].decode(), fields)

    def answer(self, conn):
        """Answer as a thread would, but send head and body together; return whether the connection is kept."""
        conn.data_ready = True
        conn.init()
        sock, conn.sock = conn.sock, Gathering(conn.sock)
        try:
            kept = self.handle(conn)
            sock.sendall(b"".join(conn.sock.parts))
        except OSError:  # the client has gone
            return False
        else:
            return kept
        finally:
            conn.sock = sock

    def finish_request(self, conn, fs):
        """Go on with a connection that is kept; of another, let a thread wait until the client has closed it."""
        if fs.cancelled() or fs.result():
            super().finish_request(conn, fs)
        else:
            closed = self.tpool.submit(conn.close, graceful=True)
            closed.add_done_callback(lambda _closed: self.method_queue.defer(self.let_go))

    def let_go(self):
        self.nr_conns -= 1

    def set_accept_enabled(self, enabled):
        super().set_accept_enabled(enabled)
        if not (enabled or self.alive):
            end = time.monotonic() + HANDSHAKE
            while time.monotonic() < end:
                before = self.nr_conns
                for listener in self.sockets:
                    self.accept(listener)
                if self.nr_conns == before:
                    time.sleep(HANDSHAKE / 100)
            for listener in self.sockets:
                listener.close()


class Gathering:
    """A socket that keeps what is to be sent."""

    def __init__(self, sock):
        self.sock, self.parts = sock, []

    def __getattr__(self, name):
        return getattr(self.sock, name)

    def sendall(self, data):
        self.parts.append(data)


class Done(NamedTuple):
    """What a thread would have come to, in the form in which gunicorn takes it."""

    value: object

    def result(self):
        return self.value

    def cancelled(self):
        return False


def waiting(conn):
    """Return what came on a connection and was not read, b"" for nothing yet, None where a thread must look."""
    if conn.parser and conn.parser.unreader.buf.getvalue():  # the beginning was read with the request before
        return None
    try:
        return conn.sock.recv(LONGEST, MSG_PEEK | MSG_DONTWAIT) or None
    except BlockingIOError:
        return b""
    except (OSError, ValueError):  # it is broken, or encrypted
        return None


def nothing_unsent(sock):
    """Whether the client has taken all that was sent to it: then the system takes a short answer without a wait."""
    return not struct.unpack("i", fcntl.ioctl(sock, termios.TIOCOUTQ, bytes(4)))[0]

"""The options of the PostgreSQL connection pool: requests fail, and recover from an outage, within two seconds."""

from django.db import connection
from psycopg_pool import ConnectionPool


def check(used):
    """Check that the server of a pooled connection still answers, before a request gets the connection.

    If one connection is lost, all are, so a failed check drains the pool. Otherwise the pool would try the lost
    connections one after the other with pauses, and the first request after an outage would fail.
    """
    try:
        ConnectionPool.check_connection(used)
    except Exception:
        connection.pool.drain()
        raise


#: Options of libpq, and `pool` for psycopg_pool. Times are in seconds where no other unit is given.
OPTIONS = {
    "connect_timeout": 2,
    # These notice a server that vanished without closing the connection while a query waits for its result.
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 2000,  # milliseconds
    "application_name": "recruit-site",
    # A statement ends before gunicorn's `timeout` (30 s). The transaction of a hanging process ends too.
    "options": "-c statement_timeout=20s -c idle_in_transaction_session_timeout=300s",
    # One connection for each of the 4 threads of a process, and 4 to spare for work beside requests. The short
    # `reconnect_timeout` ends the pool's own attempts, whose pauses double, so that every request during an outage
    # starts a new attempt.
    "pool": {"min_size": 1, "max_size": 8, "timeout": 1, "reconnect_timeout": 0.5, "max_idle": 60, "check": check},
}

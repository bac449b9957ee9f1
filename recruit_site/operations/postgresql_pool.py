"""How the site holds its connections to PostgreSQL, so that it fails and comes back within two seconds."""

from django.db import connection
from psycopg_pool import ConnectionPool


def check(used):
    """Ask a connection whether its server is still there before a request gets it.

    Where one is lost all are. Without the others, which the pool would try one after the other with pauses, the first
    request after an outage is answered.
    """
    try:
        ConnectionPool.check_connection(used)
    except Exception:
        connection.pool.drain()
        raise


#: What libpq takes. In seconds, but for what says milliseconds.
OPTIONS = {
    "connect_timeout": 2,
    # A server that is gone without a word is noticed while an answer is awaited.
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 2000,  # milliseconds
    "application_name": "recruit-site",
    # No statement outlives the server's patience with a request, no transaction a process that hangs.
    "options": "-c statement_timeout=20s -c idle_in_transaction_session_timeout=300s",
    # One connection for each thread of a process, and some for what runs beside requests. During an outage every
    # request tries anew: by itself the pool would double its pauses until `reconnect_timeout`.
    "pool": {"min_size": 1, "max_size": 8, "timeout": 1, "reconnect_timeout": 0.5, "max_idle": 60, "check": check},
}

"""Sites to be tried: with the brochures' content, their log in a file."""

import shutil
from contextlib import contextmanager
from pathlib import Path

from tests.live_site import environment, prepare, served


@contextmanager
def running(folder, database=None, **settings):
    """Run a site in `folder` and yield it; `folder`/log is its log, as JSON.

    `database` is a file of SQLite with content, of which it uses a copy; without it one is made.
    """
    variables = environment(folder, **{"LOG_FORMAT": "json"} | settings)
    if database:
        shutil.copy(database, Path(folder) / "db.sqlite3")
    else:
        prepare(folder, variables)
    with (Path(folder) / "log").open("w") as log, served(variables, stderr=log) as site:
        yield site

"""The servers that are compared, all under the same settings of gunicorn, and nginx with the exported site."""

import gzip
import http.client
import os
import secrets
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.live_site import ROOT, Site, free_port, manage, started

OFF = {"PAGE_STORE": "off"}
NGINX = """
{user} daemon off; worker_processes {workers}; pid {folder}/pid; error_log stderr;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; }} charset utf-8;
  access_log off; sendfile on; keepalive_requests 100000000; gzip_static on;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html; }}
}}
"""


def environment(folder, **more):
    """Return the environment of a site of its own, with its database in `folder`, on a free port."""
    port = free_port()
    return os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "SECRET_KEY": secrets.token_urlsafe(50),
        **more,
    }


def prepared(folder):
    """Make the database of the brochures in `folder`, once for all parts of a run."""
    if not (Path(folder) / "db.sqlite3").exists():
        manage(environment(folder), "prepare")
    return folder


def gunicorn(application="recruit_site.wsgi", python=sys.executable, config="python:recruit_site.server"):
    return [python, "-m", "gunicorn", "--config", config, application]


@contextmanager
def site(folder, **more):
    """Run the site on its prepared database."""
    variables = environment(folder, **more)
    with started(gunicorn(), f"{variables['SITE_URL']}/healthz", env=variables):
        yield Site(variables["SITE_URL"], variables)


@contextmanager
def hello(size):
    """Run the hello-world application with a body of `size` bytes; yields its address."""
    variables = environment(ROOT) | {"BODY_BYTES": str(size)}
    with started(gunicorn("tests.bench.hello"), variables["SITE_URL"], env=variables):
        yield variables["SITE_URL"]


@contextmanager
def nginx(folder, site, path, body, workers):
    """Run nginx with the exported site, or where the site has no export, with this page as a file.

    The file has its compressed form beside it. Yields the page's address and where the files are from; None for
    both where there is no nginx.
    """
    command = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not command:
        yield None, None
        return
    folder = Path(folder) / "nginx"
    root, origin = folder / "site", "a page saved as a file"
    folder.mkdir()
    if (ROOT / "recruit_site" / "management" / "commands" / "export_static.py").exists():
        site.manage("export_static", str(folder))
        origin = "manage.py export_static"
    file = root / path.strip("/") / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_bytes(body)
    if not (packed := file.with_name("index.html.gz")).exists():
        packed.write_bytes(gzip.compress(file.read_bytes()))
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(user=user(), workers=workers, folder=folder, root=root, port=port))
    url = f"http://127.0.0.1:{port}{path}"
    with started([command, "-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"], url):
        yield url, origin


def user():
    """nginx drops root's rights; the folder is root's own, so here it keeps them."""
    return "user root;" if os.geteuid() == 0 else ""


def fetched(url, codings="gzip, br"):
    """Return (headers, body as sent) of an address that answers 200."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    try:
        connection.request("GET", parts.path, headers={"Accept-Encoding": codings})
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != 200:
        sys.exit(f"{url} answers {response.status}.")
    return dict(response.getheaders()), body

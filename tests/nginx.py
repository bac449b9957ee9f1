"""nginx on free ports of this machine: with deploy/nginx.conf in front of a site, or as a server of files."""

import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

from tests.live_site import ROOT, free_port, started
from tests.quality.installation import on_path

#: Workers of nginx drop root's permissions. Run by root, the tests' folders belong to root, so here workers keep them.
USER = "user root;" if os.geteuid() == 0 else ""
FILES = """
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/log combined buffer=64k flush=1s;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=2000 inactive=60s;
    gzip_static on;
    server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def nginx():
    """Return the path of the command nginx, None where it is not installed."""
    return on_path("nginx")


@contextmanager
def proxied(folder, command, *webs, tls=True):
    """Run nginx with deploy/nginx.conf in front of the site's ports `webs`, one or two; yield the port of the proxy.

    Only addresses, paths and the certificate differ from the file. Without `tls` the proxy speaks plain HTTP, for a
    benchmark.
    """
    folder, plain, port = Path(folder) / "nginx", free_port(), free_port()
    folder.mkdir()
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    changes = {
        r"/tmp/": f"{folder}/",  # noqa: S108
        r"listen \[::\]:\d+.*;": "",
        r"listen 80 ": f"listen 127.0.0.1:{plain} ",
        r"listen 443 ": f"listen 127.0.0.1:{port} ",
        r"web1:8000": f"127.0.0.1:{webs[0]}",
        r"web2:8000": f"127.0.0.1:{webs[-1]}",
        r"/etc/nginx/tls": str(folder),
        r"root /etc/nginx;": f"root {ROOT}/deploy;",
        r"/var/cache/nginx": str(folder),
        r"/dev/std\w+": f"{folder}/log",
    } | ({} if tls else {r" ssl http2 ": " ", r"ssl_\w+ .*;": ""})
    for pattern, replacement in changes.items():
        text = re.sub(pattern, replacement, text)
    if tls:
        make_certificate(folder)
    with running(folder, command, text, f"http://127.0.0.1:{plain}/"):
        yield port


def make_certificate(folder):
    where = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*command, *where], check=True, capture_output=True)  # noqa: S603


@contextmanager
def files(folder, command, root):
    """Run nginx on the files under `root`, with deploy/nginx.conf's settings for files and log; yield its port."""
    folder, port = Path(folder) / "nginx-files", free_port()
    folder.mkdir()
    text = f"worker_processes auto; pid {folder}/pid; events {{}}" + FILES.format(folder=folder, port=port, root=root)
    with running(folder, command, text, f"http://127.0.0.1:{port}/"):
        yield port


@contextmanager
def running(folder, command, text, url):
    """Run nginx with the configuration `text` in `folder` until the end of the block."""
    (folder / "nginx.conf").write_text(f"daemon off; {USER}\n{text}")
    with started([command, "-p", folder, "-e", folder / "log", "-c", folder / "nginx.conf"], url):
        yield

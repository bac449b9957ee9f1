"""The shipped proxy: nginx with deploy/nginx.conf, on free ports, in front of a site on this machine."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from bench.delivery.servers import user
from judges.site import ROOT, free_port, started


def nginx():
    """Return the command, None where there is none."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


@contextmanager
def proxied(folder, command, *webs, tls=True):
    """Run nginx with deploy/nginx.conf in front of the site on one or two ports; yield the port of the proxy.

    Only addresses, paths and the certificate are others. Without `tls` the proxy speaks plain HTTP, for a benchmark.
    """
    folder = Path(folder) / "nginx"
    folder.mkdir()
    plain, port = free_port(), free_port()
    where = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    if tls:
        subprocess.run([*certificate, *where], check=True, capture_output=True)
    changes = {
        r"/tmp/": f"{folder}/",
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
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for pattern, other in changes.items():
        text = re.sub(pattern, other, text)
    (folder / "nginx.conf").write_text(f"daemon off; {user()}\n{text}")
    arguments = [command, "-p", folder, "-e", folder / "log", "-c", folder / "nginx.conf"]
    with started(arguments, f"http://127.0.0.1:{plain}/"):
        yield port

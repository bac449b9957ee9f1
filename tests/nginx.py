"""The shipped proxy: nginx with deploy/nginx.conf, on free ports, in front of a site on this machine."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from tests.bench.servers import user
from tests.live_site import ROOT, free_port, started


def nginx():
    """Return the command, None where there is none."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


@contextmanager
def proxied(folder, command, web):
    """Run nginx with deploy/nginx.conf in front of a port and yield the port on which it ends TLS.

    Only addresses, paths and the certificate are others; and the directive of HTTP/2 where nginx is older than it.
    """
    folder = Path(folder) / "nginx"
    folder.mkdir()
    plain, secure = free_port(), free_port()
    where = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*certificate, *where], check=True, capture_output=True)
    said = subprocess.run([command, "-v"], check=True, capture_output=True, text=True).stderr
    version = tuple(map(int, re.search(r"(\d+)\.(\d+)\.(\d+)", said).groups()))
    changes = {
        r"/tmp/": f"{folder}/",
        r"listen \[::\]:\d+.*;": "",
        r"listen 80 ": f"listen 127.0.0.1:{plain} ",
        r"listen 443 ": f"listen 127.0.0.1:{secure} ",
        r"web[12]:8000": f"127.0.0.1:{web}",
        r"/etc/nginx/tls": str(folder),
        r"/var/cache/nginx": str(folder),
        r"/dev/std\w+": f"{folder}/log",
    } | ({} if version >= (1, 25, 1) else {r"http2 on;": ""})
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for pattern, other in changes.items():
        text = re.sub(pattern, other, text)
    (folder / "nginx.conf").write_text(f"daemon off; {user()}\n{text}")
    arguments = [command, "-p", folder, "-e", folder / "log", "-c", folder / "nginx.conf"]
    with started(arguments, f"http://127.0.0.1:{plain}/"):
        yield secure

"""Clients that send a few bytes every second and never come to an end (slowloris), and what other readers notice.

slowhttptest plays them: half never finish their headers, half their body. No reader of the Internet may reach gunicorn
itself, so only the shipped proxy is tried.
"""

import shutil
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from tests import wrk
from tests.live_site import running
from tests.nginx import nginx, proxied
from tests.resilience import Row, lost

ATTACK = ("slowhttptest", "-c", "100", "-r", "10", "-i", "1", "-v", "0")
KINDS = {"headers": ("-H",), "bodies": ("-B", "-s", "100000")}
#: How much slower the slowest hundredth of the readers' answers may become, and what of that is the machine's noise.
FACTOR, NOISE = 2, 20


def run(seconds=30):
    tried = "200 slow clients, behind the shipped proxy"
    if not nginx() or not shutil.which(ATTACK[0]):
        return [Row(tried, "0", "", "apt-get install nginx-light slowhttptest")]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        site = stack.enter_context(running(folder, stderr=subprocess.DEVNULL, BEHIND_PROXY="true"))
        port = stack.enter_context(proxied(folder, nginx(), urlsplit(site.url).port, tls=False))
        url, pages = f"http://127.0.0.1:{port}", site.paths[:20]
        before = wrk.load(url, seconds, 5, 100, pages)
        with slow_clients(url, seconds):
            during = wrk.load(url, seconds, 5, 100, pages)
    wrong = lost(during["refused"] + during["broken"], "requests")
    if during["p99"] > FACTOR * before["p99"] + NOISE:
        wrong = "time"
    said = f"p99 {before['p99']:.0f} ms without them, {during['p99']:.0f} ms with them"
    return [Row(tried, f"{during['requests']:,} requests of others", wrong, said)]


@contextmanager
def slow_clients(url, seconds):
    """Let the slow clients be there until the end of the block."""
    commands = [[*ATTACK, *kind, "-l", str(seconds), "-u", f"{url}/ja/"] for kind in KINDS.values()]
    attacks = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    try:
        yield
    finally:
        for attack in attacks:
            attack.terminate()
            attack.wait()

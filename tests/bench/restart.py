"""A rolling restart of both web processes under load through nginx: no request may fail."""

import subprocess
import tempfile
import threading
import time
from contextlib import ExitStack
from itertools import cycle
from urllib.parse import quote

from tests import wrk
from tests.bench import Limit
from tests.live_site import environment, free_port, prepare, served
from tests.nginx import nginx, proxied

ROUNDS, ROUNDS_QUICK = 3, 1
#: Seconds between two restarts: nginx needs fail_timeout to notice that a process is back.
BETWEEN = 3
#: Paths that nginx does not cache, so that a web process answers each request.
SEARCHES = [f"/ja/search/?q={quote(words)}" for words in ("残業", "留学", "英語")]


def run(quick):
    with tempfile.TemporaryDirectory() as folder, ExitStack() as first, ExitStack() as second, ExitStack() as others:
        variables = environment(folder, WEB_CONCURRENCY="2", BEHIND_PROXY="true")
        prepare(folder, variables)
        webs = [(first, variables), (second, variables | {"PORT": str(free_port())})]
        sites = [start(*web) for web in webs]
        ports = [environment["PORT"] for _web, environment in webs]
        url = f"http://127.0.0.1:{others.enter_context(proxied(folder, nginx(), *ports, tls=False))}"
        paths = [path for both in zip(sites[0].paths, cycle(SEARCHES)) for path in both]
        reports, enough = [], threading.Event()

        def load():
            while not enough.is_set():
                reports.append(wrk.load(url, 5, paths=paths))

        loading = threading.Thread(target=load)
        loading.start()
        rounds = ROUNDS_QUICK if quick else ROUNDS
        for web in webs * rounds:
            time.sleep(BETWEEN)
            web[0].close()
            start(*web)
        time.sleep(BETWEEN)
        enough.set()
        loading.join()
    failed = sum(report["refused"] + report["broken"] for report in reports)
    note = f"{sum(report['requests'] for report in reports):,} requests, each process restarted {rounds} times"
    return [Limit("rolling restart under load through nginx: failed requests", failed, 0, note=note)], reports


def start(stack, variables):
    return stack.enter_context(served(variables, stderr=subprocess.DEVNULL))

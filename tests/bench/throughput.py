"""The requests a second that each server can answer with the same page, measured in turn.

The comparisons: the site as deployed (behind nginx with deploy/nginx.conf) and nginx with the exported file; the site
as `make serve` runs it and a hello-world application with as many bytes; the page rendered for each request and
Wagtail's page.
"""

import json
import re
import statistics
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tests import nginx, wrk
from tests.bench import Limit
from tests.bench.wagtail_site import wagtail
from tests.live_site import GUNICORN, beside, environment, running, started

ROUNDS, SECONDS = 5, 3
ROUNDS_QUICK, SECONDS_QUICK = 3, 1
DEPLOYED, FILES, EMBEDDED, HELLO = "as deployed", "nginx with files", "embedded", "hello-world"
RENDERED, WAGTAIL = "rendered", "Wagtail"
#: The parts of a page that are not its text.
MARKUP = re.compile(rb"<(script|style|title)\b.*?</\1>|<[^>]*>|\s+", re.DOTALL)
#: The comparisons: (name, server, server to compare with, smallest ratio of their requests a second).
RATIOS = (
    ("as deployed: stored page against nginx with the exported file", DEPLOYED, FILES, 0.8),
    ("embedded: stored page against hello-world of as many bytes", EMBEDDED, HELLO, 0.5),
    ("embedded: stored page against the same page rendered", EMBEDDED, RENDERED, 10),
    ("rendered page against Wagtail's", RENDERED, WAGTAIL, 0.6),
)


def run(quick):
    rounds, seconds = (ROUNDS_QUICK, SECONDS_QUICK) if quick else (ROUNDS, SECONDS)
    with tempfile.TemporaryDirectory() as folder, every_server(Path(folder)) as urls:
        answers = {name: answer(url) for name, url in urls.items()}
        for url in urls.values():
            wrk.rate(url, 1)  # fills the cache of every worker and compiles the templates
        runs = {name: [] for name in urls}
        for _round in range(rounds):
            for name, url in urls.items():
                runs[name].append(wrk.rate(url, seconds))
    return limits(runs), {"page": urlsplit(urls[EMBEDDED]).path, "answers": answers, "requests a second": runs}


def limits(runs):
    """Return the Limits of {server: [requests a second in each round]}: medians of the rounds' ratios."""
    figures = []
    for what, one, other, least in RATIOS:
        ratio = statistics.median(first / second for first, second in zip(runs[one], runs[other], strict=True))
        note = f"{statistics.median(runs[one]):,.0f}/s, {statistics.median(runs[other]):,.0f}/s"
        figures.append(Limit(what, ratio, least, least=True, note=note))
    return figures


@contextmanager
def every_server(folder):
    """Run every server, each with two processes, and yield {name: URL of the page}."""
    for name in (EMBEDDED, RENDERED, DEPLOYED, WAGTAIL):
        (folder / name).mkdir()
    two = {"WEB_CONCURRENCY": "2", "stderr": subprocess.DEVNULL}
    with (
        running(folder / EMBEDDED, **two) as embedded,
        running(folder / RENDERED, **two, PAGE_CACHE_MB="off") as rendered,
        running(folder / DEPLOYED, **two, BEHIND_PROXY="true") as web1,
        beside(web1) as web2,
        nginx.proxied(folder, nginx.nginx(), urlsplit(web1.url).port, urlsplit(web2.url).port, tls=False) as proxy,
    ):
        content = json.loads(embedded.get("/api/content.json").body)["content"]
        interview = max(content["interview"], key=lambda one: len(json.dumps(one["answers"])))
        path = urlsplit(interview["url"]["ja"]).path
        embedded.manage("export_static", str(folder / "export"))
        subprocess.run(["gzip", "--keep", folder / "export" / "site" / path.strip("/") / "index.html"], check=True)
        menu = [piece["title"]["ja"] for piece in content["topic"]]
        size = len(MARKUP.sub(b"", fetch(embedded.url + path, "identity")[1]))
        with (
            nginx.files(folder, nginx.nginx(), folder / "export" / "site") as files,
            hello(folder, len(fetch(embedded.url + path)[1])) as hello_world,
            wagtail(folder / WAGTAIL, interview, menu, size) as theirs,
        ):
            yield {
                DEPLOYED: f"http://127.0.0.1:{proxy}{path}",
                FILES: f"http://127.0.0.1:{files}{path}",
                EMBEDDED: embedded.url + path,
                HELLO: hello_world,
                RENDERED: rendered.url + path,
                WAGTAIL: theirs,
            }


@contextmanager
def hello(folder, size):
    """Run the hello-world application with a body of `size` bytes and yield its URL."""
    variables = environment(folder, WEB_CONCURRENCY="2", BODY_BYTES=str(size))
    command = [*GUNICORN[:-1], "tests.bench.hello"]
    with started(command, variables["SITE_URL"], env=variables):
        yield variables["SITE_URL"]


def answer(url):
    """Return the transferred bytes, the Content-Encoding and the number of headers of a response to a browser."""
    headers, body = fetch(url)
    return {"bytes": len(body), "coding": headers.get("Content-Encoding", "identity"), "headers": len(headers)}


def fetch(url, codings="gzip, br"):
    """Return (headers, body as sent) of a URL. Raises HTTPError for an error status."""
    with urlopen(Request(url, headers={"Accept-Encoding": codings})) as response:
        return dict(response.headers), response.read()

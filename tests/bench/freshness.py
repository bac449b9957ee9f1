"""The time until readers see a change or a scheduled piece: as `make serve` runs the site, and behind nginx."""

import subprocess
import tempfile
import time
from urllib.parse import urlsplit

from tests.bench import Limit
from tests.http_editor import Publisher
from tests.http_readers import watching
from tests.live_site import beside, running, send, shell
from tests.nginx import nginx, proxied

SECONDS, SECONDS_QUICK = 60, 15
EMBEDDED, PROXIED = "embedded, in every process", "as deployed, through nginx"
SEEN_WITHIN = {EMBEDDED: 2, PROXIED: 5}
#: Seconds until the scheduled time of a notice, and the most seconds that it may be late.
AHEAD, LATE = 5, 10
#: Code that creates a notice scheduled AHEAD seconds later and prints its path and time.
SCHEDULE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from tests import factories
notice = factories.notice(publish_from=timezone.now() + timedelta(seconds={AHEAD}))
print(json.dumps([notice.get_absolute_url(), notice.publish_from.timestamp()]))
"""


def run(quick):
    with (
        tempfile.TemporaryDirectory() as folder,
        running(folder, stderr=subprocess.DEVNULL, WEB_CONCURRENCY="2", BEHIND_PROXY="true") as site,
        beside(site) as other,
        proxied(folder, nginx(), urlsplit(site.url).port, urlsplit(other.url).port, tls=False) as port,
    ):
        urls, publisher, limits = {EMBEDDED: site.url, PROXIED: f"http://127.0.0.1:{port}"}, Publisher(site), []
        for name, url in urls.items():
            with watching(publisher, url) as watch:
                time.sleep(SECONDS_QUICK if quick else SECONDS)
            if watch.refused or watch.counts["failed"]:
                raise RuntimeError(f"{watch.refused}, {watch.counts}")
            note = f"{watch.number} changes, {watch.counts['answers']:,} answers"
            limits.append(Limit(f"{name}: a change is seen", watch.oldest, SEEN_WITHIN[name], unit="s", note=note))
        late = lateness(site, urls)
    limits += [Limit(f"{name}: a scheduled moment is late", late[name], LATE, unit="s") for name in urls]
    return limits, {}


def lateness(site, urls):
    """Return {name: seconds after the scheduled time at which the list of notices last lacked the notice}."""
    path, moment = shell(site.environment, SCHEDULE)
    last = dict.fromkeys(urls, 0.0)
    while (now := time.time()) < moment + LATE + 2:
        for name, url in urls.items():
            if path not in send(f"{url}/ja/notices/").body:
                last[name] = max(0.0, now - moment)
        time.sleep(0.05)
    return last

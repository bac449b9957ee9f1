"""The processor time of a search, on the site's own content and among 5,000 entries of one language."""

import statistics
import tempfile
from urllib.parse import quote, unquote

from tests.bench import Limit
from tests.bench.rendering import OWN, TEN_YEARS, ask, process

ROUNDS, ROUNDS_QUICK = 5, 2
#: The limits of the 95th percentile in milliseconds, and the smallest number of entries after ten years.
SLOWEST = {OWN: 20, TEN_YEARS: 100}
MANY = 5000
WORDS = {
    "ja": "残業 留学 育休 英語 在外公館 ＡＩ テレワーク+家族 情報通信技官 の 100% サーバー",
    "en": "overtime study+abroad English AI training family+abroad the+embassy zzzz",
}


def run(quick):
    limits, data = [], {}
    paths = [f"/{code}/search/?q={quote(one, safe='+')}" for code, words in WORDS.items() for one in words.split()]
    for content, limit in SLOWEST.items():
        with tempfile.TemporaryDirectory() as folder, process(folder, content) as site:
            entries = ask(site, "entries")
            if content == TEN_YEARS and entries < MANY:
                raise RuntimeError(f"{entries} entries are fewer than {MANY}")
            for path in paths:
                ask(site, "milliseconds", path)  # compiles the templates
            rounds = ROUNDS_QUICK if quick else ROUNDS
            times = {path: [ask(site, "milliseconds", path) for _round in range(rounds)] for path in paths}
        every = [spent for found in times.values() for spent in found]
        slowest = max(times, key=lambda path: statistics.median(times[path]))
        note = f"p50 {statistics.median(every):.1f} ms, slowest {unquote(slowest)}"
        p95 = statistics.quantiles(every, n=20)[-1]
        limits.append(Limit(f"search among {entries:,} entries of one language: p95", p95, limit, unit="ms", note=note))
        data[content] = {path: round(statistics.median(found), 2) for path, found in times.items()}
    return limits, data

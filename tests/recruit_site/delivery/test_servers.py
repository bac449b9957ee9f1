"""Several server processes with one database: a change through one is seen through all of them."""

import json
import subprocess
import sys
import time
from urllib.request import Request, urlopen

import pytest

from tests import services
from tests.live_site import ROOT, beside, running

#: Seconds within which every process shows a change.
SEEN_WITHIN = 1.0
PAGES = ("/ja/faq/", "/ja/faq/housing/")
CHANGE = """
import time
from faq.models import Question
question = Question.objects.get(slug="housing")
question.title_ja = "{title}"
question.save()
print(time.time(), flush=True)
"""


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL and Valkey"])
def database(request):
    """The kind of database: None for a file of SQLite, else a PostgreSQL and a Valkey that run."""
    if request.param == "SQLite":
        yield None
    elif lacking := services.missing():
        pytest.skip(lacking)
    else:
        with services.services() as running:
            yield running


@pytest.fixture(scope="module")
def sites(database, tmp_path_factory):
    """Two server processes with one database."""
    settings = {"DATABASE_URL": database[0].url, "CACHE_URL": database[1].url} if database else {}
    with running(tmp_path_factory.mktemp("site"), **settings) as one, beside(one) as other:
        yield one, other


@pytest.fixture
def texts(sites):
    """A function that returns the pages of every process: (address, page, text) of each."""
    return lambda: [(site.url, page, site.get(page).body.replace("\u200b", "")) for site in sites for page in PAGES]


def test_change_is_seen_in_every_process_within_a_second(sites, texts):
    title, seen = "寮や宿舎は、いまもありますか？", []
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", CHANGE.format(title=title)]
    with subprocess.Popen(command, cwd=ROOT, env=sites[0].environment, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603
        while writer.poll() is None:
            seen += [(time.time(), *found) for found in texts()]
        changed_at = float(writer.stdout.read())
    while time.time() < changed_at + 2 * SEEN_WITHIN:
        seen += [(time.time(), *found) for found in texts()]
    late = [entry[:3] for entry in seen if entry[0] > changed_at + SEEN_WITHIN and title not in entry[3]]
    assert (writer.returncode, late) == (0, [])
    assert [entry[:3] for entry in seen if entry[0] < changed_at - SEEN_WITHIN and title in entry[3]] == []
    assert len({entry[1:3] for entry in seen if entry[0] > changed_at + SEEN_WITHIN}) == len(sites) * len(PAGES)


def test_processes_answer_with_the_same_validators(sites):
    tags = set()
    for site in sites:
        request = Request(f"{site.url}/en/interviews/goto/", headers={"Accept-Encoding": "br"})  # noqa: S310
        with urlopen(request) as answer:  # noqa: S310
            tags.add(answer.headers["ETag"])
    assert len(tags) == 1


def test_published_pages_go_on_while_the_database_is_away_and_all_of_it_comes_back_with_it(sites, database):
    if database is None:
        pytest.skip("a file is never away")
    site, kept, new = sites[0], PAGES[0], "/ja/places/"
    before = site.get(kept)
    database[0].stop()
    try:
        eventually(lambda: json.loads(site.get("/healthz").body) == {"status": "degraded"}, within=4)
        assert [site.get(kept) for _time in range(20)] == [before] * 20
        answers = [site.get("/admin/login/"), site.get(new)]
    finally:
        database[0].start()
    assert [(answer.status, "データベース" in answer.body) for answer in answers] == [(503, True), (503, True)]
    eventually(lambda: site.get(new).status == site.get("/admin/login/").status == 200, within=2)
    eventually(lambda: json.loads(site.get("/healthz").body) == {"status": "ok"}, within=2)


def eventually(holds, within):
    """Wait until something holds, at most for these seconds."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)

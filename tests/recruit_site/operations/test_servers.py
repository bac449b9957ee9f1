"""Two servers with one database: a change through one server shows on both."""

import json
import subprocess
import sys
from urllib.request import Request, urlopen

import pytest

from tests import services
from tests.live_site import ROOT, beside, running, wait_for

PAGES = ("/ja/faq/", "/ja/faq/housing/")
CHANGE = """
from faq.models import Question
question = Question.objects.get(slug="housing")
question.title_ja = "{title}"
question.save()
"""


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL and Valkey"])
def database(request):
    """Yield None for SQLite, else (PostgreSQL server, Valkey server), both running."""
    if request.param == "SQLite":
        yield None
    elif lacking := services.missing():
        pytest.skip(lacking)
    else:
        with services.services() as running:
            yield running


@pytest.fixture(scope="module")
def sites(database, tmp_path_factory):
    """Yield two running servers of the site with one database."""
    settings = {"DATABASE_URL": database[0].url, "CACHE_URL": database[1].url} if database else {}
    with running(tmp_path_factory.mktemp("site"), **settings) as one, beside(one) as other:
        yield one, other


def test_change_is_seen_in_every_process_and_the_old_page_never_again(sites):
    title, looks = "寮や宿舎は、いまもありますか？", []

    def is_seen_everywhere():
        looks.append([title in site.get(page).body.replace("\u200b", "") for site in sites for page in PAGES])
        return all(looks[-1])

    is_seen_everywhere()
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", CHANGE.format(title=title)]
    with subprocess.Popen(command, cwd=ROOT, env=sites[0].environment) as writer:  # noqa: S603
        while writer.poll() is None:
            is_seen_everywhere()
    assert writer.returncode == 0
    wait_for(is_seen_everywhere)
    assert looks[0] == [False] * len(looks[0])
    assert [is_seen_everywhere() for _time in range(20)] == [True] * 20
    by_page = list(zip(*looks, strict=True))
    assert by_page == [tuple(sorted(shown)) for shown in by_page]


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
    site, cached, new = sites[0], PAGES[0], "/ja/places/"
    before = site.get(cached)
    database[0].stop()
    try:
        wait_for(lambda: json.loads(site.get("/healthz").body) == {"status": "degraded"})
        assert [site.get(cached) for _time in range(20)] == [before] * 20
        answers = [site.get("/admin/login/"), site.get(new)]
    finally:
        database[0].start()
    assert [(answer.status, "データベース" in answer.body) for answer in answers] == [(503, True), (503, True)]
    wait_for(lambda: site.get(new).status == site.get("/admin/login/").status == 200)
    wait_for(lambda: json.loads(site.get("/healthz").body) == {"status": "ok"})

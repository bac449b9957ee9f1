"""The command check_links requests links from a real server, with pauses and never inside a private network."""

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recruit_site.content.models import Source
from recruit_site.editorial_checks.external_links import Pace, link_errors, web_links
from tests import factories

PATIENT = Pace(timeout=60, pause=0, total=600)


class OtherSite(BaseHTTPRequestHandler):
    """A site that answers with the status in the path. /to/… redirects, /get-only refuses HEAD, /silent waits."""

    asked = Counter()
    agents = set()

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.asked[self.command, self.path] += 1
        self.agents.add(self.headers["User-Agent"])
        if self.path == "/silent":
            self.server.over.wait()
            return
        if self.path == "/get-only":
            status = 405 if self.command == "HEAD" else 200
        else:
            status = 302 if self.path.startswith("/to/") else int(self.path.rpartition("/")[2])
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.path.removeprefix("/to/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def other_site():
    OtherSite.asked.clear()
    OtherSite.agents.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), OtherSite)
    server.over = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/200", None),
        ("/204", None),
        ("/get-only", None),
        ("/to//200", None),
        ("/案内/200", None),
        ("/404", "answers 404"),
        ("/410", "answers 410"),
        ("/503", "answers 503"),
        ("/to//404", "answers 404"),
        ("/to/" * 6 + "/200", "answers 302"),
        ("/to/file:///etc/hostname", "answers 302"),
    ],
)
def test_address_of_another_site(other_site, path, wrong):
    url = other_site + path
    assert link_errors([url], PATIENT, allow_private=True) == ({url: wrong} if wrong else {})


def test_site_that_does_not_answer_is_given_up(other_site):
    url = f"{other_site}/silent"
    assert link_errors([url], PATIENT._replace(timeout=0.5), allow_private=True) == {url: "timed out"}


def test_each_address_is_asked_once_by_name_and_head_suffices(other_site):
    link_errors([f"{other_site}/200"] * 3, PATIENT, allow_private=True)
    assert OtherSite.asked == {("HEAD", "/200"): 1}
    assert OtherSite.agents == {"recruit-site link check (+http://testserver)"}


def test_nothing_inside_this_network_is_asked(other_site):
    urls = [f"{other_site}/200", "http://localhost/", "http://[::1]/", "http://169.254.169.254/", "http://10.0.0.1/"]
    assert link_errors(urls, PATIENT) == dict.fromkeys(urls, "leads into a private network")
    assert OtherSite.asked == {}


@pytest.mark.parametrize("url", ["http://", "http://[", "ftp://example.com/", "http://a b/", "https://nobody.invalid/"])
def test_what_is_no_address_of_the_web_is_a_fault_and_no_error(url):
    assert list(link_errors([url], PATIENT)) == [url]


def test_what_the_time_does_not_suffice_for_is_named(other_site):
    url = f"{other_site}/200"
    assert link_errors([url], PATIENT._replace(total=-1), allow_private=True) == {url: "not asked: out of time"}
    assert OtherSite.asked == {}


@pytest.mark.django_db
def test_command_names_the_piece_and_where_to_edit_it(other_site):
    Source.objects.update(url="")
    source = factories.source(title_ja="古い資料", url=f"{other_site}/404")
    row = factories.question(text_ja=f"[別の案内]({other_site}/410)と[募集]({other_site}/200)、[応募](/ja/apply/)")
    factories.question(text_ja=f"[まだ下書き]({other_site}/404/404)", state="draft")
    out = StringIO()
    with pytest.raises(CommandError, match=r"2 of 3 links lead to no page\."):
        call_command("check_links", timeout=60, pause=0, private=True, stdout=out)
    assert out.getvalue().splitlines() == [
        "出典資料: 古い資料",
        f"    {other_site}/404: answers 404",
        f"    to be edited at http://testserver/admin/content/source/{source.pk}/change/",
        f"質問: {row}",
        f"    {other_site}/410: answers 410",
        f"    to be edited at http://testserver/admin/faq/question/{row.pk}/change/",
    ]


@pytest.mark.django_db
def test_command_is_content_where_every_link_leads_to_a_page(other_site):
    Source.objects.update(url=f"{other_site}/200")
    out = StringIO()
    call_command("check_links", timeout=60, pause=0, private=True, stdout=out)
    assert out.getvalue() == "All 1 links lead to a page.\n"


@pytest.mark.django_db
def test_link_to_this_site_is_not_asked_for():
    Source.objects.update(url="")
    factories.question(text_ja="[応募](http://testserver/ja/apply/)")
    assert web_links() == []

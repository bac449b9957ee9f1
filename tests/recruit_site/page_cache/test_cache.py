"""The page cache: which pages are cached, for whom, until when, and in which content coding."""

import gzip
import json
from datetime import timedelta

import brotli
import pytest
from django.db import OperationalError, connection
from django.templatetags.static import static
from django.utils import timezone

from faq.models import Question
from recruit_site.page_cache import policy, version
from tests import factories
from tests.page_text import shown

PAGE = "/ja/faq/"


def test_page_is_made_once_and_then_answered_from_memory(ask, django):
    first = ask(PAGE)
    second = ask(PAGE)
    assert (first.status, second.status, second.headers) == (200, 200, first.headers)
    assert (second.body, django.asked) == (first.body, [PAGE])


def test_answer_is_the_one_that_django_gives_with_its_policies(ask, client):
    cached, original = ask(PAGE), client.get(PAGE)
    added, of_one_request = {"ETag"}, {"X-Request-ID"}
    assert cached.body == original.content
    assert {name: value for name, value in cached.headers.items() if name not in added} == {
        name: value for name, value in original.headers.items() if name not in of_one_request
    }
    assert cached.headers["Cache-Control"] == policy.CACHE_CONTROL


@pytest.mark.parametrize(
    "path",
    [
        "/ja/",
        "/en/interviews/goto/",
        "/ja/notices/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/api/content.json",
        "/ja/share.png",
        "/favicon.ico",
        "/en/paths/?with=goto",
    ],
)
def test_what_everyone_gets_alike_is_kept(ask, django, path):
    first = ask(path)
    assert (first.status, ask(path).body == first.body, len(django.asked)) == (200, True, 1)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 302),
        ("/ja/none/", 404),
        ("/ja", 301),
        ("/healthz", 200),
        ("/admin/login/", 200),
        ("/ja/search/?q=留学".encode().decode("latin-1"), 200),
        ("/preview/x/ja/", 404),
    ],
)
def test_everything_else_is_asked_of_django_each_time(ask, django, path, status):
    assert [ask(path).status, ask(path).status] == [status, status]
    assert len(django.asked) == 2


def test_other_methods_are_djangos(ask, django):
    ask(PAGE)
    assert (ask(PAGE, "POST").status, ask(PAGE, "OPTIONS").status, len(django.asked)) == (405, 200, 3)


def test_whoever_is_signed_in_gets_a_page_of_their_own_that_nobody_keeps(ask, django, settings):
    signed_in = f"a=b; {settings.SESSION_COOKIE_NAME}=x"
    ask(PAGE)
    answers = [ask(PAGE, cookie=signed_in), ask(PAGE, cookie=signed_in)]
    assert [answer.headers["Cache-Control"] for answer in answers] == [policy.FOR_STAFF] * 2
    assert len(django.asked) == 3
    assert ask(PAGE, cookie="someone=else").headers["Cache-Control"] == policy.CACHE_CONTROL
    assert len(django.asked) == 3


def test_who_comes_without_https_or_by_another_name_is_sent_away(settings, request):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ask = request.getfixturevalue("ask")
    assert ask(PAGE, x_forwarded_proto="https").status == 200
    assert (ask(PAGE).status, ask(PAGE, x_forwarded_proto="http").status) == (301, 301)
    assert ask(PAGE, host="evil.example", x_forwarded_proto="https").status == 400


def test_ports_and_schemes_that_a_reader_makes_up_fill_no_memory(ask, cache):
    pages = {ask(PAGE, host=f"testserver:{port}", x_forwarded_proto=str(port)).body for port in range(1, 5)}
    assert (len(pages), len(cache.responses)) == (1, 1)


def test_site_is_the_same_under_each_of_its_names(db, settings, client):
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    for path in ("/ja/", "/en/interviews/goto/", "/sitemap.xml", "/ja/notices/feed.xml", "/api/content.json"):
        bodies = {client.get(path, headers={"host": host}).content for host in settings.ALLOWED_HOSTS}
        assert len(bodies) == 1, path


def test_head_is_answered_from_the_page(ask, django):
    head, page = ask(PAGE, "HEAD"), ask(PAGE)
    assert (head.status, head.headers, head.body) == (200, page.headers, b"")
    assert len(django.asked) == 1


@pytest.mark.parametrize(
    ("accepted", "coding", "decoded"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0.5, gzip;q=0.8", "gzip", gzip.decompress),
        ("*", "br", brotli.decompress),
        ("br;q=0, *", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
        ("br;q=0, gzip;q=0", None, bytes),
        ("br;q=nonsense, ;;,", None, bytes),
    ],
)
def test_reader_gets_the_coding_that_they_like_best(ask, accepted, coding, decoded):
    plain, coded = ask(PAGE), ask(PAGE, accept_encoding=accepted)
    assert (coded.headers.get("Content-Encoding"), decoded(coded.body)) == (coding, plain.body)
    assert coded.headers["Content-Length"] == str(len(coded.body))
    assert (plain.headers["Vary"], coded.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")


def test_pictures_are_not_compressed_again(ask):
    assert "Content-Encoding" not in ask("/ja/share.png", accept_encoding="br, gzip").headers


def test_each_coding_has_a_validator_of_its_own(ask):
    tags = {ask(PAGE, accept_encoding=accepted).headers["ETag"] for accepted in ("", "br", "gzip")}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_copy_under_an_old_policy_is_no_copy(ask, cache, settings):
    before = ask(PAGE)
    settings.SECURE_CSP = settings.SECURE_CSP | {"img-src": ["'none'"]}
    cache.responses.clear()  # the cache of a new process is empty
    after = ask(PAGE, if_none_match=before.headers["ETag"])
    assert (after.status, after.body) == (200, before.body)
    assert "img-src 'none'" in after.headers["Content-Security-Policy"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_reader_who_has_the_page_is_told_so(ask, form):
    page = ask(PAGE, accept_encoding="br")
    again = ask(PAGE, accept_encoding="br", if_none_match=form.format(page.headers["ETag"]))
    assert (again.status, again.body) == (304, b"")
    assert again.headers == {name: page.headers[name] for name in ("Cache-Control", "ETag", "Vary")}


def test_validator_of_another_coding_or_page_is_no_copy(ask):
    other = ask(PAGE, accept_encoding="gzip").headers["ETag"]
    assert ask(PAGE, accept_encoding="br", if_none_match=other).status == 200
    assert ask(PAGE, if_none_match='"x"').status == 200


def test_change_is_seen_by_the_next_reader(ask):
    question = Question.objects.published().first()
    before = ask(PAGE)
    question.title_ja = "あたらしい問い"
    question.save()
    after = ask(PAGE, if_none_match=before.headers["ETag"])
    assert (after.status, "あたらしい問い" in shown(after.body), "あたらしい問い" in shown(before.body)) == (
        200,
        True,
        False,
    )


def test_piece_comes_and_goes_at_its_times(ask, monkeypatch):
    now = timezone.now()
    piece = factories.interview(
        publish_from=now + timedelta(minutes=1), publish_until=now + timedelta(minutes=2), lead_ja="一分だけ"
    )
    path, seen = piece.get_absolute_url(), []
    for minutes in (0, 1, 2):
        moment = now + timedelta(minutes=minutes, seconds=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        seen.append([ask(path).status, "一分だけ" in shown(ask("/ja/interviews/").body)])
    assert seen == [[404, False], [200, True], [410, False]]


def test_page_that_was_made_while_content_changed_is_not_kept(ask, cache, django):
    """Such a page may mix two versions of the content."""
    question = Question.objects.published().first()

    def change(environ, start_response):
        body = django(environ, start_response)
        question.save()
        cache.get("another request", version.reader.current())
        return body

    cache.application = change
    assert (ask(PAGE).status, cache.responses) == (200, {})
    cache.application = django
    assert [ask(PAGE).status, ask(PAGE).status] == [200, 200]
    assert django.asked == [PAGE, PAGE]


def test_every_page_goes_when_content_changes(ask, cache, django):
    ask(PAGE), ask("/ja/work/")
    factories.notice()
    ask(PAGE)
    assert ([key[0] for key in cache.responses], django.asked) == ([PAGE], [PAGE, "/ja/work/", PAGE])


def test_database_that_is_away_leaves_what_is_there(ask, django):
    def refuse(*args):
        raise OperationalError("away")

    page = ask(PAGE)
    with connection.execute_wrapper(refuse):
        assert ask(PAGE).body == page.body
        new = ask("/ja/interviews/")
        staff = ask("/admin/login/", cookie="sessionid=x")
        assert json.loads(ask("/healthz").body) == {"status": "degraded"}
    assert (new.status, new.headers["Retry-After"], "データベース" in shown(new.body)) == (503, "30", True)
    assert (staff.status, "保存されていません" in shown(staff.body)) == (503, True)
    assert ask("/ja/interviews/").status == 200
    assert json.loads(ask("/healthz").body) == {"status": "ok"}


def test_counters_of_others_do_not_make_a_page_anew(ask, django):
    page = ask(PAGE)
    assert ask(f"{PAGE}?utm_source=x&utm_medium=y&fbclid=z").body == page.body
    assert ask("/ja/paths/?utm_source=x&with=goto").body == ask("/ja/paths/?with=goto").body
    assert django.asked == [PAGE, "/ja/paths/"]


@pytest.mark.parametrize("query", ["q=x", "page=1&x=1", "with=" + "x" * 300, "%FF=1", "page=%00"])
def test_unknown_queries_fill_no_memory(ask, cache, query):
    ask(f"{PAGE}?{query}")
    assert len(cache.responses) == (1 if query == "page=%00" else 0)


def test_memory_stays_within_its_bytes_and_loses_what_was_not_asked_for_the_longest(ask, cache, django):
    pages = ["/ja/faq/", "/ja/interviews/", "/ja/work/"]
    for page in pages[:2]:
        ask(page)
    cache.max_bytes = cache.bytes + 1000
    ask(pages[0])
    ask(pages[2])
    assert cache.bytes <= cache.max_bytes
    assert cache.bytes == sum(response.size for response in cache.responses.values())
    assert pages[1] not in {key[0] for key in cache.responses}
    assert pages[2] in {key[0] for key in cache.responses}


def test_answer_that_is_larger_than_all_memory_is_not_kept(ask, cache):
    cache.max_bytes = 10
    assert (ask(PAGE).status, cache.responses) == (200, {})


def test_pages_name_the_links_that_a_browser_may_follow_ahead(ask, settings):
    """The header names a file of rules, which has a content type of its own (HTML, speculative loading)."""
    headers = {path: ask(path).headers.get("Speculation-Rules") for path in (PAGE, "/sitemap.xml", "/ja/share.png")}
    assert headers == {PAGE: f'"{static(policy.SPECULATION_RULES)}"', "/sitemap.xml": None, "/ja/share.png": None}
    rules = ask(static(policy.SPECULATION_RULES))
    assert rules.headers["Content-Type"] == "application/speculationrules+json"
    assert set(json.loads(rules.body)) == {"prefetch", "prerender"}

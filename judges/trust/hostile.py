"""Requests that no browser sends, as strategies of Hypothesis: bytes, and whether an answer is due to them."""

import re
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from django.urls import LocalePrefixPattern, get_resolver
from django.urls.resolvers import RoutePattern
from hypothesis import strategies as st

#: Words that someone puts where an address, a number or a name belongs.
WORDS = [
    "", " ", ".", "..", "../../etc/passwd", "%00", "%0d%0aX-Injected:%20yes", "%0aX-Injected: yes", "%", "%zz", "%ff%fe",
    "%c0%ae%c0%ae/", "%ed%a0%80", "%e3%80%80", "日本", "Ünïcode", "\x00", "\x7f", "\t", "'", '"', "\\", "<script>",
    "{{7*7}}", "${7*7}", "' OR 1=1--", "-1", "0", "1", "2", "9" * 5000, "1e309", "NaN", "٣", "a" * 3000, "/" * 200,
    "?", "#", ";", "&&==", "javascript:alert(1)", "//evil.example", "http://evil.example/", "%2e%2e%2f", "housing",
    "goto", "network", "washington-tenth-year", "page", "true", "null", "[]", "残業", "育休", "２０２４", "*", "\\0",
]  # fmt: skip
METHODS = ["GET"] * 12 + ["HEAD"] * 3 + ["OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"] + [
    "get", "PROPFIND", "G\x00T", "GET ", "", "M" * 100, "日本", "PRI",
]  # fmt: skip
NAMES = [
    "q", "page", "with", "duty", "year", "profession", "stage", "figure", "topic", "place", "kind", "next", "o", "p", "all",
    "_popup", "_to_field", "_changelist_filters", "state__exact", "id__exact", "id__in", "pk", "e", "utm_source", "", "a[]",
]  # fmt: skip
TAGS = ['"x"', "*", "W/", '"', '"' + "x" * 4000, '"a",' * 500, "W/W/\"a\"", "é"]
DATES = ["Sun, 22 Nov 2026 00:00:00 GMT", "0", "Sun, 99 Foo 9999 99:99:99 GMT", "9" * 400, "-1", "Sun, 31 Feb 2026 00:00:00 GMT"]
VALUES = {
    "Host": ["127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x", "evil.example", "", "[::1]", "[", "127.0.0.1@evil.example",
             "127.0.0.1, evil.example", "127.0.0.1/ja/", "é", "a" * 300, "127.0.0.1."],
    "Accept-Language": ["en", "ja", "*", "fr;q=0.9,en;q=x", "en-" + "x" * 5000, "ja;q=" + "9" * 500, ",,,;;;", "zz-ZZ-ZZ", "é"],
    "Accept": ["*/*", "application/json", "x/y;q=NaN", ",", "a" * 4000],
    "Accept-Encoding": ["gzip", "br", "br;q=0, gzip;q=0, identity;q=0", "*;q=0", "gzip;q=nan", "br;q=1e999", "," * 2000, "é", "inf;q=inf"],
    "Range": ["bytes=0-0", "bytes=0-", "bytes=-1", "bytes=5-1", "bytes=" + "0-0," * 500, "bytes=99999999999999999999-", "lines=1-2", "bytes="],
    "If-Range": TAGS + DATES,
    "If-None-Match": TAGS,
    "If-Match": TAGS,
    "If-Modified-Since": DATES,
    "If-Unmodified-Since": DATES,
    "Cookie": ["sessionid=", "sessionid=x", "sessionid=" + "a" * 4000, "csrftoken=" + "\x01", "sessionid=é", ";;;===", "a=b;" * 1000,
               'sessionid="; x', "__Host-sessionid=x", "django_language=en", "messages=[[\"x\"]]", "sessionid=\\000"],
    "X-Forwarded-For": ["1.2.3.4", "::1", "x" * 2000, "'; DROP TABLE"],
    "X-Forwarded-Proto": ["https", "http", "https,http", "javascript", ""],
    "X-Forwarded-Host": ["evil.example", "evil.example, 127.0.0.1"],
    "X-Forwarded-Port": ["443", "x"],
    "X-Forwarded-Prefix": ["/evil"],
    "Forwarded": ["for=1.2.3.4;host=evil.example;proto=https"],
    "X-Request-ID": ["abcdefgh", "x" * 65, "a b", '{"level":"x"}'],
    "X-Original-URL": ["/admin/"],
    "X-Rewrite-URL": ["/admin/"],
    "X-HTTP-Method-Override": ["DELETE"],
    "Script_Name": ["/evil"],
    "Script-Name": ["/evil"],
    "Proxy": ["http://evil.example"],
    "Referer": ["http://evil.example/", "é" * 100],
    "Origin": ["null", "http://evil.example", "x"],
    "User-Agent": ["", "() { :; }; echo", "x" * 7000],
    "Authorization": ["Basic !!!", "Bearer", "Bearer é", "Bearer " + "x" * 7000],
    "Content-Type": ["", "application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/html; charset=nonesuch",
                     "multipart/form-data; boundary=" + "x" * 300, "application/x-www-form-urlencoded; charset=utf-16"],
    "Expect": ["100-continue", "200-ok"],
    "Upgrade": ["h2c", "websocket"],
    "Connection": ["close", "keep-alive", "upgrade", "close, keep-alive", "host", "x" * 500],
    "Max-Forwards": ["0"],
}  # fmt: skip
#: What says where a body ends, in ways on which two servers disagree (request smuggling).
FRAMES = [
    [("Content-Length", "0")], [("Content-Length", "4")], [("Content-Length", "-1")], [("Content-Length", "+4")],
    [("Content-Length", "4, 4")], [("Content-Length", "4"), ("Content-Length", "5")], [("Content-Length", "9" * 30)],
    [("Content-Length", "0x4")], [("Content-Length", "٤")], [("Content-Length", "")], [("Content-Length", "4_0")],
    [("Transfer-Encoding", "chunked")], [("Transfer-Encoding", "chunked"), ("Content-Length", "4")],
    [("Transfer-Encoding", "chunked, identity")], [("Transfer-Encoding", "gzip, chunked")], [("Transfer-Encoding", "xchunked")],
    [("Transfer-Encoding", "chunked, chunked")], [("Transfer-Encoding", "")], [("Transfer-Encoding", "\x0bchunked")],
    [("Transfer-Encoding ", "chunked")], [("Transfer-Encoding", "CHUNKED")], [("Transfer_Encoding", "chunked")], [("TE", "trailers")],
]  # fmt: skip
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BODIES = [
    b"", b"a=b", b"abcd", b"0\r\n\r\n", b"0\r\n\r\n" + SMUGGLED, b"4\r\nabcd\r\n0\r\n\r\n", b"4\r\nabcd", b"-1\r\n", b"zz\r\n\r\n",
    b"ffffffffffffffffff\r\n", b"0\r\nX-Injected: yes\r\n\r\n", b"abcd" + SMUGGLED, b"4;x=" + b"y" * 300 + b"\r\nabcd\r\n0\r\n\r\n",
    b"\x00" * 2000, b"--\r\n\r\n", b"{" * 500, b"a=b&" * 1500,
]  # fmt: skip
VERSIONS = [" HTTP/1.1"] * 9 + [" HTTP/1.0", "", " HTTP/0.9", " HTTP/2.0", " HTTP/1.11", " http/1.1", " HTTP/1.1 ", " X", " HTTP/9.9"]


class Request(NamedTuple):
    """A request as bytes; whether it is whole, so that an answer is due; how many answers it may have at most."""

    sent: bytes
    whole: bool
    most: int


def routes(patterns=None):
    """Yield the address of every view of the urlconf, with {} for what varies."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern.pattern, LocalePrefixPattern):
            place = "{}/"
        elif isinstance(pattern.pattern, RoutePattern):
            place = re.sub(r"<[^>]+>", "{}", str(pattern.pattern))
        else:
            groups = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "{}", str(pattern.pattern))
            place = groups.strip("^$").replace("\\", "")
        further = routes(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [""]
        yield from (place + rest for rest in further)


#: What is answered in front of the urlconf.
IN_FRONT = ["healthz", "readyz", "metrics", "static/{}", "static/css/{}", "media/{}", "media/{}/{}"]


def words():
    encoded = st.binary(max_size=12).map(lambda raw: quote_from_bytes(raw, safe=""))
    return st.one_of(st.sampled_from(WORDS), st.text(max_size=12), encoded)


@st.composite
def addresses(draw, known):
    """Draw the path of a view or of a page that there is, often with something in it that does not belong there."""
    path = draw(st.sampled_from(known))
    if "{}" in path:
        places = draw(st.lists(st.one_of(st.sampled_from(["ja", "en"]), words()), min_size=path.count("{}"), max_size=9))
        path = path.format(*places)
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(path)))
        path = path[:at] + draw(words()) + path[at:]
    return path


@st.composite
def targets(draw, known):
    path = draw(addresses(known))
    pairs = draw(st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), words()), words()), max_size=4))
    query = "&".join(f"{name}={value}" for name, value in pairs)
    target = f"{path}?{query}" if pairs else path
    form = draw(st.integers(0, 30))
    forms = {0: f"http://127.0.0.1{target}", 1: f"https://evil.example{target}", 2: "*", 3: target.lstrip("/"), 4: f"//{target}"}
    return forms.get(form, target)


def headers():
    named = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])
    any_name = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20)
    free = st.tuples(st.one_of(st.sampled_from(list(VALUES)), any_name), words())
    return st.lists(st.one_of(named, named, named, free), max_size=5)


@st.composite
def requests(draw, known):
    """Draw a Request to one of these addresses, in which {} varies."""
    method, target, version = draw(st.sampled_from(METHODS)), draw(targets(known)), draw(st.sampled_from(VERSIONS))
    sent = draw(headers())
    if not any(name == "Host" for name, _value in sent) and draw(st.integers(0, 15)):
        sent = [("Host", "127.0.0.1"), *sent]
    framed = draw(st.integers(0, 4)) == 0
    body = b""
    if framed:
        sent += draw(st.sampled_from(FRAMES))
        body = draw(st.sampled_from(BODIES))
    rows = [f"{method} {target}{version}", *(f"{name}: {value}" for name, value in sent)]
    end = b"\r\n"
    if draw(st.integers(0, 60)) == 0:
        end = draw(st.sampled_from([b"\n", b"\r", b"\r\n ", b"\x00\r\n"]))
    coding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16-le", "latin-1"])) if draw(st.integers(0, 20)) == 0 else "utf-8"
    head = end.join(row.encode(coding, errors="replace") for row in rows) + b"\r\n\r\n"
    ended = b"\r\n\r\n" in head[: len(head) - 4]  # by what stands in it
    return Request(head + body, not (framed or ended), 1 if not (framed or ended) else 3)

"""Strategies of Hypothesis for requests that no browser sends."""

import re
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from django.urls import LocalePrefixPattern, get_resolver
from django.urls.resolvers import RoutePattern
from hypothesis import strategies as st

#: Words in the place of a path, a number or a name.
ODD_WORDS = r"""
. .. ../../etc/passwd %00 %0d%0aX-Injected:%20yes % %zz %ff%fe %c0%ae%c0%ae/ %ed%a0%80 %e3%80%80 %2e%2e%2f
日本 Ünïcode ' " \ \0 <script> {{7*7}} ${7*7} -1 0 1 2 1e309 NaN ٣ ? # ; &&== javascript:alert(1) //evil.example
http://evil.example/ housing goto network washington-tenth-year page true null [] 残業 ２０２４ *
"""
WORDS = [*ODD_WORDS.split(), "", " ", "\x00", "\x7f", "\t", "%0aX-Injected: yes", "' OR 1=1--", "9" * 5000, "a" * 3000]
ODD_METHODS = "OPTIONS POST PUT DELETE PATCH TRACE CONNECT get PROPFIND 日本 PRI"
METHODS = ["GET"] * 12 + ["HEAD"] * 3 + [*ODD_METHODS.split(), "G\x00T", "GET ", "", "M" * 100]
ODD_VERSIONS = "HTTP/1.0 HTTP/0.9 HTTP/2.0 HTTP/1.11 http/1.1 X HTTP/9.9"
VERSIONS = [" HTTP/1.1"] * 9 + [*(f" {version}" for version in ODD_VERSIONS.split()), "", " HTTP/1.1 "]
#: Names of query parameters that the site or Django's admin reads, and some that neither reads.
PARAMETERS = """
q page with duty year profession stage figure topic place kind next o p all _popup _to_field
_changelist_filters state__exact id__exact id__in pk e utm_source a[]
"""
#: Headers that the site or its servers read, with odd values after each colon, separated by "|". LONG is 5,000 letters.
HEADERS = """
Host: 127.0.0.1 | 127.0.0.1:99999 | 127.0.0.1:x | evil.example | | [::1] | [ | 127.0.0.1@evil.example | é | LONG
Host: 127.0.0.1, evil.example | 127.0.0.1/ja/ | 127.0.0.1.
Accept-Language: en | ja | * | fr;q=0.9,en;q=x | en-LONG | ja;q=99999999999999999999999 | ,,,;;; | zz-ZZ-ZZ | é
Accept: */* | application/json | x/y;q=NaN | , | LONG
Accept-Encoding: gzip | br | br;q=0, gzip;q=0, identity;q=0 | *;q=0 | gzip;q=nan | br;q=1e999 | LONG | é | inf;q=inf
Range: bytes=0-0 | bytes=0- | bytes=-1 | bytes=5-1 | bytes=0-0,0-0,0-0,0-0 | bytes=99999999999999999999-
Range: lines=1-2 | bytes=
If-Range: "x" | * | W/ | " | "LONG" | Sun, 22 Nov 2026 00:00:00 GMT | 0 | Sun, 31 Feb 2026 00:00:00 GMT
If-None-Match: "x" | * | W/ | " | "LONG" | "a","a","a","a" | W/W/"a" | é
If-Match: "x" | * | W/ | " | "LONG" | W/W/"a" | é
If-Modified-Since: Sun, 22 Nov 2026 00:00:00 GMT | 0 | Sun, 99 Foo 9999 99:99:99 GMT | LONG | -1
If-Unmodified-Since: Sun, 22 Nov 2026 00:00:00 GMT | 0 | Sun, 99 Foo 9999 99:99:99 GMT | LONG | -1
Cookie: sessionid= | sessionid=x | sessionid=LONG | csrftoken=\x01 | sessionid=é | ;;;=== | sessionid="; x
Cookie: sessionid=\\000 | __Host-sessionid=x | django_language=en | messages=[["x"]]
X-Forwarded-For: 1.2.3.4 | ::1 | LONG | '; DROP TABLE
X-Forwarded-Proto: https | http | https,http | javascript |
X-Forwarded-Host: evil.example | evil.example, 127.0.0.1
X-Forwarded-Port: 443 | x
X-Forwarded-Prefix: /evil
Forwarded: for=1.2.3.4;host=evil.example;proto=https
X-Request-ID: abcdefgh | LONG | a b | {"level":"x"}
X-Original-URL: /admin/
X-Rewrite-URL: /admin/
X-HTTP-Method-Override: DELETE
Script_Name: /evil
Script-Name: /evil
Proxy: http://evil.example
Referer: http://evil.example/ | ééééé
Origin: null | http://evil.example | x
User-Agent: | () { :; }; echo | LONG
Authorization: Basic !!! | Bearer | Bearer é | Bearer LONG
Content-Type: | application/json | multipart/form-data | multipart/form-data; boundary= | text/html; charset=nonesuch
Content-Type: multipart/form-data; boundary=LONG | application/x-www-form-urlencoded; charset=utf-16
Expect: 100-continue | 200-ok
Upgrade: h2c | websocket
Connection: close | keep-alive | upgrade | close, keep-alive | host | LONG
Max-Forwards: 0
"""
VALUES = [
    (name, value.strip().replace("LONG", "x" * 5000))
    for name, _colon, values in (line.partition(":") for line in HEADERS.strip().split("\n"))
    for value in values.split("|")
]
#: Values that state a body's length in ways that two servers may read differently (request smuggling).
LENGTHS = ["0", "4", "-1", "+4", "4, 4", "9" * 30, "0x4", "٤", "", "4_0", "4\r\nContent-Length: 5"]
CODINGS = [
    "chunked",
    "chunked, identity",
    "gzip, chunked",
    "xchunked",
    "chunked, chunked",
    "",
    "\x0bchunked",
    "CHUNKED",
]
FRAMES = [
    *(f"Content-Length: {length}" for length in LENGTHS),
    *(f"Transfer-Encoding: {coding}" for coding in [*CODINGS, "chunked\r\nContent-Length: 4"]),
    *("Transfer-Encoding : chunked", "Transfer_Encoding: chunked", "TE: trailers"),
]
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKS = [b"4\r\nabcd\r\n0\r\n\r\n", b"4\r\nabcd", b"-1\r\n", b"zz\r\n\r\n", b"ffffffffffffffffff\r\n"]
CHUNKS += [b"0\r\n\r\n", b"0\r\n\r\n" + SMUGGLED, b"0\r\nX-Injected: yes\r\n\r\n", b"4;x=" + b"y" * 300 + b"\r\nabcd"]
BODIES = [*CHUNKS, b"", b"a=b", b"abcd", b"abcd" + SMUGGLED, b"--\r\n\r\n", b"\x00" * 2000, b"{" * 500, b"a=b&" * 1500]
#: Paths that middleware answers before the URLconf.
IN_FRONT = ["healthz", "readyz", "metrics", "static/{}", "static/css/{}", "media/{}", "media/{}/{}"]


class Request(NamedTuple):
    """A request as bytes, whether it is complete, so that a response must follow, and the most responses it may get."""

    sent: bytes
    whole: bool
    most: int


def routes(patterns=None):
    """Yield the path of each view in the URLconf, without a leading slash and with {} for each argument."""
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


def words():
    encoded = st.binary(max_size=12).map(lambda raw: quote_from_bytes(raw, safe=""))
    return st.one_of(st.sampled_from(WORDS), st.text(max_size=12), encoded)


@st.composite
def targets(draw, known):
    """Draw a request target: the path of a view or a page, often with odd words in its path or query."""
    path = draw(st.sampled_from(known))
    if number := path.count("{}"):
        path = path.format(*(draw(st.one_of(st.sampled_from(["ja", "en"]), words())) for _place in range(number)))
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(path)))
        path = path[:at] + draw(words()) + path[at:]
    pairs = draw(st.lists(st.tuples(st.one_of(st.sampled_from(PARAMETERS.split()), words()), words()), max_size=4))
    query = "&".join(f"{name}={value}" for name, value in pairs)
    target = f"{path}?{query}" if pairs else path
    odd = (f"http://127.0.0.1{target}", f"https://evil.example{target}", "*", target.lstrip("/"), f"//{target}")
    return draw(st.sampled_from(odd)) if draw(st.integers(0, 5)) == 0 else target


def headers():
    any_name = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20)
    free = st.tuples(st.one_of(st.sampled_from([name for name, _value in VALUES]), any_name), words())
    named = st.sampled_from(VALUES)
    return st.lists(st.one_of(named, named, named, free), max_size=5)


@st.composite
def requests(draw, known, cookies=""):
    """Draw a Request for one of the `known` paths, in which {} is an argument; every third has the cookies."""
    rows = [draw(st.sampled_from(METHODS)) + " " + draw(targets(known)) + draw(st.sampled_from(VERSIONS))]
    sent = draw(headers())
    if not any(name == "Host" for name, _value in sent) and draw(st.integers(0, 15)):
        rows.append("Host: 127.0.0.1")
    rows += [f"{name}: {value}" for name, value in sent]
    if cookies and draw(st.integers(0, 2)) == 0:
        rows.append(f"Cookie: {cookies}")
    framed = draw(st.integers(0, 4)) == 0
    if framed:
        rows.append(draw(st.sampled_from(FRAMES)))
    odd = draw(st.integers(0, 30)) == 0
    end = draw(st.sampled_from([b"\n", b"\r", b"\r\n ", b"\x00\r\n"])) if odd else b"\r\n"
    coding = draw(st.sampled_from(["utf-16-le", "latin-1"])) if draw(st.integers(0, 40)) == 0 else "utf-8"
    head = end.join(row.encode(coding, errors="replace") for row in rows)
    whole = not (framed or b"\r\n\r\n" in head)  # a drawn value may itself contain the end of the headers
    body = draw(st.sampled_from(BODIES)) if framed else b""
    return Request(head + b"\r\n\r\n" + body, whole, 1 if whole else 3)

"""Requests that no browser sends, as strategies of Hypothesis: bytes, and whether an answer is due to them."""

import re
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from django.urls import LocalePrefixPattern, get_resolver
from django.urls.resolvers import RoutePattern
from hypothesis import strategies as st

from tests.resilience.hostile_values import BODIES, FRAMES, METHODS, NAMES, VALUES, VERSIONS, WORDS


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
        places = draw(
            st.lists(st.one_of(st.sampled_from(["ja", "en"]), words()), min_size=path.count("{}"), max_size=9)
        )
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
    forms = {
        0: f"http://127.0.0.1{target}",
        1: f"https://evil.example{target}",
        2: "*",
        3: target.lstrip("/"),
        4: f"//{target}",
    }
    return forms.get(form, target)


def headers():
    named = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])
    any_name = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20)
    free = st.tuples(st.one_of(st.sampled_from(list(VALUES)), any_name), words())
    return st.lists(st.one_of(named, named, named, free), max_size=5)


@st.composite
def requests(draw, known, cookies=""):
    """Draw a Request to one of these addresses, in which {} varies; every third with these cookies of someone."""
    method, target, version = draw(st.sampled_from(METHODS)), draw(targets(known)), draw(st.sampled_from(VERSIONS))
    sent = draw(headers())
    if not any(name == "Host" for name, _value in sent) and draw(st.integers(0, 15)):
        sent = [("Host", "127.0.0.1"), *sent]
    if cookies and draw(st.integers(0, 2)) == 0:
        sent = [*sent, ("Cookie", cookies)]
    framed = draw(st.integers(0, 4)) == 0
    body = b""
    if framed:
        sent += draw(st.sampled_from(FRAMES))
        body = draw(st.sampled_from(BODIES))
    rows = [f"{method} {target}{version}", *(f"{name}: {value}" for name, value in sent)]
    end = b"\r\n"
    if draw(st.integers(0, 60)) == 0:
        end = draw(st.sampled_from([b"\n", b"\r", b"\r\n ", b"\x00\r\n"]))
    coding = (
        draw(st.sampled_from(["utf-8", "utf-8", "utf-16-le", "latin-1"])) if draw(st.integers(0, 20)) == 0 else "utf-8"
    )
    head = end.join(row.encode(coding, errors="replace") for row in rows) + b"\r\n\r\n"
    ended = b"\r\n\r\n" in head[: len(head) - 4]  # by what stands in it
    return Request(head + body, not (framed or ended), 1 if not (framed or ended) else 3)

"""The checks of links: their words, their addresses, and whether a page exists there."""

import re
import unicodedata
from html import escape
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from recruit_site.editorial_checks.finding import EditorialCheck, Mark
from recruit_site.text.links import FOREIGN_LETTER, may_be_linked, named_host
from recruit_site.web.base_views import response_at

LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\]\(\s*<?([^\s()<>]*)>?[^()]*\)")
#: Link words that say nothing about the target to readers who go from link to link.
EMPTY_WORDS = re.compile(
    r"(?:詳細|詳しく)?は?(?:こちら|ここ|コチラ)(?:から|へ|に|を(?:クリック|タップ)|をご覧ください)?|クリック|リンク|詳細|続きを?読む"
    r"|(?:click |see |read |look )?here|click|this|this (?:page|link|site)|link|(?:read |learn |see )?more|details",
    re.IGNORECASE,
)
#: Words that readers take for a web or mail address.
ADDRESS = re.compile(
    r"(?:https?://|www\.)[a-z0-9.-]+|[\w.%+-]+@[a-z0-9.-]+|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:jp|com|net|org|int|info)\b",
    re.IGNORECASE | re.ASCII,
)
#: Paths that only staff may open.
PRIVATE = (f"/{settings.ADMIN_PATH}", "/preview/")


def links_of(text):
    """Return the (match, words, target) of each Markdown link in a text."""
    return [(match, match[1].strip(), match[2]) for match in LINK.finditer(text)]


def empty_words(place):
    for match, words, target in links_of(place.text):
        if not words or words == target or EMPTY_WORDS.fullmatch(words.strip("。．.！!　 ")):
            yield Mark(*match.span(1))


def other_addresses(place):
    for match, words, target in links_of(place.text):
        plain_words = unicodedata.normalize("NFKC", words)
        for address in ADDRESS.findall(plain_words):
            if written_host(address) != (named_host(target) or named_host(settings.SITE_URL)):
                yield Mark(*match.span(), {"host": named_host(target) or target})
                break


def written_host(address):
    """Return the host of an address as people write it in a text, with or without a scheme."""
    if "://" in address:
        return named_host(address)
    return named_host(f"mailto:{address}" if "@" in address else f"https://{address}")


def lookalikes(place):
    for match, _words, target in links_of(place.text):
        if FOREIGN_LETTER.search(named_host(target)):
            yield Mark(*match.span(2), {"host": named_host(target)})


def not_linked(place):
    for match, _words, target in links_of(place.text):
        if not may_be_linked(target):
            yield Mark(*match.span(2))


def dead_ends(place):
    for match, _words, target in links_of(place.text):
        path = site_path(place, target)
        if path is not None and not (answer := link_answer(place, path)).is_there:
            yield Mark(*match.span(2), {"instead": answer.instead})


class LinkAnswer(NamedTuple):
    """Whether readers find something at an address of this site, and the address to write instead ("" if unknown)."""

    is_there: bool
    instead: str = ""


def site_path(place, target):
    """Return the path and fragment of a link's target on this site; None if the link leads to another site.

    A malformed target is returned as it is.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if parts.scheme or parts.netloc:
        site = urlsplit(settings.SITE_URL).netloc
        is_here = parts.scheme in ("http", "https", "") and parts.netloc == site
        return parts._replace(scheme="", netloc="", path=parts.path or "/").geturl() if is_here else None
    if parts.path.startswith("/"):
        return target
    page = page_of(place)
    return urljoin(page, target) if page else None


def page_of(place):
    """Return the URL of the page that shows a text, in the text's language; "" if there is no such page."""
    if not hasattr(place.unit.piece, "get_absolute_url"):
        return ""
    row = place.unit.piece.objects.filter(slug=place.unit.slug).first()
    with translation.override(place.language):
        return row.get_absolute_url() if row else ""


def link_answer(place, address):
    """Return the LinkAnswer for a path of this site, with fragment, that a text links to.

    The text's own page may still be a draft and answer 404. A link to it passes: its target cannot be checked yet.
    """
    path, _sign, fragment = address.partition("#")
    path = path.partition("?")[0]
    if any(len(url) > 1 and path.startswith(url) for url in (settings.STATIC_URL, settings.MEDIA_URL)):
        return LinkAnswer(True)
    language = translation.get_language_from_path(path)
    if language is None:
        return LinkAnswer(False, known(f"/{place.language}{path}")) if not_for_readers(path) else LinkAnswer(True)
    try:
        response = response_at(path, language)
    except Http404:
        if path == page_of(place).partition("#")[0]:
            return LinkAnswer(True)
        return LinkAnswer(False, known(f"{path}/"))
    if isinstance(response, HttpResponsePermanentRedirect):
        return LinkAnswer(False, response.url)
    if fragment and hasattr(response, "render"):
        with translation.override(language):
            html = response.render().content.decode()
        return LinkAnswer(f' id="{escape(unquote(fragment))}"' in html, path)
    return LinkAnswer(True)


def not_for_readers(path):
    """Return whether a path without a language prefix leads to no page for readers."""
    return path == "/" or path.startswith(PRIVATE) or not known(path)


def known(path):
    """Return a path if it matches a URL pattern of the site, else ""."""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


CHECKS = (
    EditorialCheck(
        "other-address",
        other_addresses,
        _("The words of the link name another address than the one it leads to: %(host)s."),
        _("Make them the same, or link the name of what is there."),
        blocks=True,
    ),
    EditorialCheck(
        "lookalike",
        lookalikes,
        _("This address has letters that look like others: %(host)s."),
        _("Type the address yourself; do not copy it."),
        blocks=True,
    ),
    EditorialCheck(
        "not-linked",
        not_linked,
        _("This is not shown as a link."),
        _("Write an address that begins with https:// or with /, and has no @ in the name of the site."),
        blocks=True,
    ),
    EditorialCheck(
        "dead-ends",
        dead_ends,
        _("Readers find nothing at this address."),
        _("Link to something that is live."),
        _("Perhaps meant: %(instead)s"),
    ),
    EditorialCheck(
        "link-words",
        empty_words,
        _("The words of the link do not say where it leads."),
        _("Link the name of what is there, such as “how to apply”."),
    ),
)

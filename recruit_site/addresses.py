"""The public addresses of a page: one source for <head>, the sitemap and the linked data; and where links may lead."""

import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import get_language_from_path

ORIGINAL = settings.MODELTRANSLATION_DEFAULT_LANGUAGE

#: What a link of a text may begin with; "" for an address of this site.
SCHEMES = {"", "http", "https", "mailto", "tel"}
#: Letters of other scripts than ours look like ours: аpple.example begins with a Cyrillic one.
FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f\u3005-\u30ff\u3400-\u9fff]")


def may_be_linked(address):
    """Whether a link may lead to an address: one of the web, of mail or of a telephone, without a user's name.

    What stands before an @ (https://www.mofa.go.jp@evil.example) passes for the host.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and "@" not in parts.netloc


def named_host(address):
    """Return the host that an address names, in letters (not xn--…), without www.; "" where it names none."""
    try:
        parts = urlsplit(address)
        host = (parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname) or ""
    except ValueError:
        return ""
    labels = [in_letters(label) for label in host.lower().removeprefix("www.").strip(".").split(".")]
    return ".".join(labels)


def in_letters(label):
    try:
        return label.removeprefix("xn--").encode().decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, ValueError):
        return label


def in_language(path, language):
    """Return the path of the same page in another language; a language is the first step of every path."""
    return f"/{language}/{path.removeprefix(f'/{get_language_from_path(path)}/')}"


def absolute(path):
    """Return the full address of a path, or of a picture that another host may store."""
    return urljoin(settings.SITE_URL, path)


def alternates(path, languages):
    """Return (hreflang, address) for each of these languages, and for readers of any other (x-default).

    That one has no language in it: it leads to the reader's own.
    """
    found = [(language, absolute(in_language(path, language))) for language in languages]
    return [*found, ("x-default", absolute(in_language(path, ORIGINAL).removeprefix(f"/{ORIGINAL}")))]

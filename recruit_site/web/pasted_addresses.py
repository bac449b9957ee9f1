"""Addresses as people paste them: with the punctuation of a sentence, in capitals, full-width, with a region."""

import re
import unicodedata
from urllib.parse import unquote

from django.conf import settings
from django.urls import is_valid_path
from django.utils.translation import get_language_from_path, override

from recruit_site.web.canonical_urls import ORIGINAL

INDEX_FILE = re.compile(r"/index\.html?$")
REGION = re.compile(rf"^/({'|'.join(dict(settings.LANGUAGES))})[-_][a-z]{{2,4}}(?=/)")
#: The Unicode categories of what ends a sentence: punctuation, signs such as > and `, spaces, zero-width characters.
MARKS = ("P", "Sm", "Sk", "Z", "Cf")


def page_meant(path):
    """Return the path of the page that a path without a page means, None if it means none.

    The result begins with one slash and is never the path itself, so that a redirect neither leaves the site nor loops.
    """
    meant = tidied(path)
    return meant if meant != path and has_page(meant) else None


def tidied(path):
    """Return a path in the form of the site's addresses: small ASCII letters, single slashes, one at the end."""
    path = unicodedata.normalize("NFKC", unquote(path)).lower()
    path = INDEX_FILE.sub("/", without_marks(path))
    return REGION.sub(r"/\1", re.sub("/+", "/", f"/{without_marks(path)}/"))


def without_marks(path):
    """Return a path without the slashes and marks at its end."""
    end = len(path)
    while end and unicodedata.category(path[end - 1]).startswith(MARKS):
        end -= 1
    return path[:end]


def has_page(path):
    """Return whether a path is that of a page in a language, or of one without the language."""
    language = get_language_from_path(path)
    with override(language or ORIGINAL):
        return is_valid_path(path if language else f"/{ORIGINAL}{path}")

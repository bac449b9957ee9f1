"""The public addresses of a page: one source for <head>, the sitemap and the linked data; and where links may lead."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import get_language_from_path

ORIGINAL = settings.MODELTRANSLATION_DEFAULT_LANGUAGE


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

"""The public URLs of a page, for <head>, the sitemap and the structured data."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import get_language_from_path

ORIGINAL = settings.MODELTRANSLATION_DEFAULT_LANGUAGE


def in_language(path, language):
    """Return the path of the same page in another language. The first segment of every path is a language."""
    return f"/{language}/{path.removeprefix(f'/{get_language_from_path(path)}/')}"


def absolute(path):
    """Return the absolute URL of a path. The URL of a picture on another host is returned unchanged."""
    return urljoin(settings.SITE_URL, path)


def alternates(path, languages):
    """Return (hreflang, URL) of a page for each of these languages, and for readers of any other (x-default).

    The x-default URL has no language in it: it redirects to the language of the reader's browser.
    """
    links = [(language, absolute(in_language(path, language))) for language in languages]
    return [*links, ("x-default", absolute(in_language(path, ORIGINAL).removeprefix(f"/{ORIGINAL}")))]

"""The kinds of pages of the site. They come from its URLconf and its sitemap, so no list of pages needs care.

A kind is a view under a language prefix, or another page that differs much from the example of its view. The example
of a view is the first URL that the sitemap lists for it.
"""

from typing import NamedTuple

from django.urls import LocalePrefixPattern, NoReverseMatch, get_resolver, resolve, reverse
from django.utils import translation

LANGUAGES = ("ja", "en")

#: Pages that differ much from the example of their view, and pages with a query string.
BESIDES = {
    "interview with a career": "interviews/goto/",
    "article": "features/digital-transformation/",
    "two voices": "features/two-questions/",
    "paths compared": "paths/?with=goto,nobody",
}
#: Error pages.
ERRORS = {"not found": "nowhere/", "bad request": f"faq/?q={'x' * 2001}"}


class Kind(NamedTuple):
    """A kind of page in one language. The sitemap has the example of a kind without a path."""

    name: str
    language: str
    path: str = ""
    signed_in: bool = False

    def __str__(self):
        return f"{self.name}-{self.language}"


def views_of(patterns, namespace=""):
    """Yield the name, with its namespace, of every view whose URL is that of a page, not of a file."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views_of(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif str(pattern.pattern).endswith("/") or not str(pattern.pattern):
            yield namespace + pattern.name


def views():
    """Return the names of all public views, in the order of the URLconf."""
    half = next(part for part in get_resolver().url_patterns if isinstance(part.pattern, LocalePrefixPattern))
    return [name for name in dict.fromkeys(views_of(half.url_patterns)) if name != "styleguide"]


def kinds():
    """Return every Kind in every language."""
    named = dict.fromkeys(views(), "") | BESIDES | ERRORS
    public = [
        Kind(name, language, path and f"/{language}/{path}") for name, path in named.items() for language in LANGUAGES
    ]
    return [*public, *styleguide()]


def styleguide():
    """Return the Kinds of the styleguide, [] where the site has none. Only staff see the styleguide."""
    try:
        return [Kind("styleguide", language, in_language(language, "styleguide"), True) for language in LANGUAGES]
    except NoReverseMatch:
        return []


def in_language(language, view):
    with translation.override(language):
        return reverse(view)


def examples(paths):
    """Return {(view, language): path}: the first of the sitemap's paths for each view in each language."""
    first_paths = {}
    for path in paths:
        language = path[1:3]
        with translation.override(language):
            first_paths.setdefault((resolve(path).view_name, language), path)
    return first_paths


def address(kind, known):
    """Return the path of a kind's page. `known` are the examples().

    A view that the sitemap leaves out has a URL without arguments. None where the view needs a piece, and the site has
    no such piece.
    """
    try:
        return kind.path or known.get((kind.name, kind.language)) or in_language(kind.language, kind.name)
    except NoReverseMatch:
        return None

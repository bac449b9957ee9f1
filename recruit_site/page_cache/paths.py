"""Which paths are public. A response at any other path is never cached, whatever its headers say."""

import re
from functools import cache

from django.conf import settings

#: Paths for machines. Each exists once for all languages.
MACHINES = r"robots\.txt|\.well-known/security\.txt|sitemap[\w-]*\.xml|favicon\.ico|apple-touch-icon\.png|api/[\w.]+"


@cache
def _pattern():
    languages = "|".join(code for code, _name in settings.LANGUAGES)
    return re.compile(rf"/(?:(?P<language>{languages})/.*|{MACHINES})", re.ASCII | re.DOTALL)


def is_public_path(path):
    return _pattern().fullmatch(path) is not None


def is_for_machines(path):
    """Return whether a path is public and exists once for all languages."""
    match = _pattern().fullmatch(path)
    return match is not None and match["language"] is None

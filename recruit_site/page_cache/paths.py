"""Which addresses are public: no answer elsewhere is kept for others, whatever it says of itself."""

import re
from functools import cache

from django.conf import settings

#: What machines ask for, once for all languages.
MACHINES = r"robots\.txt|\.well-known/security\.txt|sitemap[\w-]*\.xml|favicon\.ico|apple-touch-icon\.png|api/[\w.]+"


@cache
def _pattern():
    languages = "|".join(code for code, _name in settings.LANGUAGES)
    return re.compile(rf"/(?:(?P<language>{languages})/.*|{MACHINES})", re.ASCII | re.DOTALL)


def is_public_path(path):
    return _pattern().fullmatch(path) is not None


def is_for_machines(path):
    """Whether something public is there once for all languages."""
    match = _pattern().fullmatch(path)
    return match is not None and match["language"] is None

"""The spellings of a term or a name, and a pattern that matches them in a text."""

import re
from functools import lru_cache


def split_forms(text):
    """Return the words of a field that Western (,) or Japanese (、，) commas separate."""
    return [form.strip() for form in re.split("[,、，]", text or "") if form.strip()]


def spelling_key(form):
    """Return the key of a spelling for lookups, which ignores case and the kind of white space between words."""
    return " ".join(form.casefold().split())


def pattern_of(spellings):
    """Return a pattern that matches any of these spellings, or None without spellings.

    It tries the longest spelling first. Spellings in Latin letters match whole words only.
    """
    return compiled(tuple(sorted(spellings, key=len, reverse=True)))


@lru_cache(maxsize=256)
def compiled(longest_first):
    def expression(spelling):
        start = r"(?<![A-Za-z0-9])" if spelling[0].isascii() else ""
        end = r"(?![A-Za-z0-9])" if spelling[-1].isascii() else ""
        words = r"\s+".join(map(re.escape, spelling.split()))  # a line break may separate the words in a text
        return f"{start}{words}{end}"

    if not longest_first:
        return None
    # The lookahead at the first letter makes the search fast.
    first = re.escape("".join(sorted({spelling[0] for spelling in longest_first})))
    return re.compile(f"(?=[{first}])(?:{'|'.join(map(expression, longest_first))})", re.IGNORECASE)

"""The ways in which a term or a name is written, and where a text holds one of them."""

import re
from functools import lru_cache


def split_forms(text):
    """Return the words that stand in a field separated by commas, Western or Japanese ones."""
    return [form.strip() for form in re.split("[,、，]", text or "") if form.strip()]


def folded(form):
    """Return a spelling as it is looked up: whatever its case and the white space between its words."""
    return " ".join(form.casefold().split())


def pattern_of(spellings):
    """Return a pattern that finds any of these spellings, the longest first; Latin ones as whole words only."""
    return compiled(tuple(sorted(spellings, key=len, reverse=True)))


@lru_cache(maxsize=256)
def compiled(longest_first):
    def one(spelling):
        start = r"(?<![A-Za-z0-9])" if spelling[0].isascii() else ""
        end = r"(?![A-Za-z0-9])" if spelling[-1].isascii() else ""
        words = r"\s+".join(map(re.escape, spelling.split()))  # in a text, they may stand on two lines
        return f"{start}{words}{end}"

    if not longest_first:
        return None
    # To look at the first letter alone makes the search quick.
    first = re.escape("".join(sorted({spelling[0] for spelling in longest_first})))
    return re.compile(f"(?=[{first}])(?:{'|'.join(map(one, longest_first))})", re.IGNORECASE)

"""Checks of the search entries against the content that they are made from."""

from collections import Counter

from django.utils import timezone

from recruit_site.search.entries import build_entries, rebuild_entries
from recruit_site.search.models import SearchEntry

FIELDS = [field.name for field in SearchEntry._meta.concrete_fields if field.name != "id"]


def entries():
    """Yield a sentence for each place whose search entry is missing, outdated or left over.

    Expired entries are not compared: the search does not return them, and their content may have expired since.
    """
    now = timezone.now()
    stored = Counter(values_of(entry) for entry in SearchEntry.objects.iterator() if lasts(entry, now))
    computed = Counter(values_of(entry) for entry in build_entries() if lasts(entry, now))
    for place in places_of(computed - stored):
        yield f"search lacks {place}, or an older text is found"
    for place in places_of(stored - computed):
        yield f"search finds what is not at {place}"


def places_of(entries):
    return sorted({values[FIELDS.index("place")] for values in entries})


def values_of(entry):
    return tuple(getattr(entry, name) for name in FIELDS)


def lasts(entry, now):
    return entry.until is None or entry.until > now


def mend():
    rebuild_entries()

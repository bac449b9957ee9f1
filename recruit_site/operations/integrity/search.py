"""The entries of the search, compared with the content that they are made of."""

from collections import Counter

from django.utils import timezone

from recruit_site.search.entries import made, rebuild
from recruit_site.search.models import SearchEntry

FIELDS = [field.name for field in SearchEntry._meta.concrete_fields if field.name != "id"]


def entries():
    """Yield a sentence for each place whose entry is missing, outdated or left over.

    Entries that have ended are not compared: readers do not find them, and the content may have ended since.
    """
    now = timezone.now()
    stored = Counter(values_of(entry) for entry in SearchEntry.objects.iterator() if lasts(entry, now))
    wanted = Counter(values_of(entry) for entry in made() if lasts(entry, now))
    for place in places_of(wanted - stored):
        yield f"search lacks {place}, or an older text is found"
    for place in places_of(stored - wanted):
        yield f"search finds what is not at {place}"


def places_of(entries):
    return sorted({values[FIELDS.index("place")] for values in entries})


def values_of(entry):
    return tuple(getattr(entry, name) for name in FIELDS)


def lasts(entry, now):
    return entry.until is None or entry.until > now


def mend():
    rebuild()

"""What search finds, compared with the content."""

from collections import Counter

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from recruit_site.search.entries import Entry, made, rebuild
from recruit_site.search.index import pieces_of

FIELDS = [field.name for field in Entry._meta.concrete_fields if field.name not in ("id", "pieces")]
INDEX = "recruit_site_entry_index"


def entries():
    """Yield the places of which search knows something else than content says. What has ended is not compared."""
    now = timezone.now()
    kept = Counter(told(entry) for entry in Entry.objects.iterator() if lasts(entry, now))
    wanted = Counter(told(entry) for entry in made() if lasts(entry, now))
    at = FIELDS.index("place")
    yield from (f"search lacks {place}, or an older text is found" for place in sorted({e[at] for e in wanted - kept}))
    yield from (f"search finds what is not at {place}" for place in sorted({e[at] for e in kept - wanted}))
    for place, text, pieces in Entry.objects.values_list("place", "folded_text", "pieces").iterator():
        if pieces != " ".join(pieces_of(text)):
            yield f"search does not find every word at {place}"


def told(entry):
    return tuple(getattr(entry, name) for name in FIELDS)


def lasts(entry, now):
    return entry.until is None or entry.until > now


def mend():
    rebuild()


def index():
    """Yield whether SQLite's index does not agree with the entries. PostgreSQL keeps its own with them."""
    if connection.vendor == "sqlite" and not is_whole():
        yield "the index does not agree with the entries"


def is_whole():
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  (writes nothing)
    except DatabaseError as error:
        if "malformed" in str(error):
            return False
        raise
    return True


def mend_index():
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")  # noqa: S608

"""What search finds: an entry for each piece, and each part with a place of its own, in each language it is really in.

Every way of writing content ends in records.record, which rewrites the entries of the piece there, and of all that
stands with it. The times of an entry say when readers may see it, so that it comes and goes with its piece.
"""

from datetime import datetime
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.models import Part, Publishable, parts_of
from recruit_site.content.navigation import PAGES
from recruit_site.content.translated_fields import has_language, localised, translated_fields
from recruit_site.content.visibility import times_of
from recruit_site.search.folding import folded
from recruit_site.search.models import SearchEntry
from recruit_site.text.markdown import plain_text

BATCH = 500


def update(row):
    """Write the entries of a row, and of all that stands with it, anew. Call it in the transaction that writes it."""
    # Read anew: writes beside the row, such as those of consents, change until when readers see it.
    for piece in (type(row)._default_manager.get(pk=row.pk), *standing_with(row)):
        forget(piece)
        SearchEntry.objects.bulk_create(entries_of(piece))


def forget(row):
    """Take what is left of a row that was deleted."""
    SearchEntry.objects.of(row).delete()


@transaction.atomic
def rebuild():
    """Write all entries anew and return their number."""
    SearchEntry.objects.all().delete()
    found = made()
    while batch := list(islice(found, BATCH)):
        SearchEntry.objects.bulk_create(batch)
    return SearchEntry.objects.count()


def made():
    """Yield the entries of all content as it is now, not stored yet."""
    for model in apps.get_models():
        if is_found(model):
            pieces = model.objects.prefetch_related(*model.stands_with, *parts_of(model))
            for piece in pieces.iterator(chunk_size=BATCH):
                yield from entries_of(piece)


def is_found(model):
    return issubclass(model, Publishable) and model.found_by_search and hasattr(model, "get_absolute_url")


def standing_with(row):
    """Yield the pieces that readers may not see without this row, or of which a part goes with it."""
    for model in apps.get_models():
        for name in getattr(model, "stands_with", ()):
            if isinstance(row, model._meta.get_field(name).related_model):
                for other in model._default_manager.filter(**{name: row.pk}):
                    yield getattr(other, other.parent_field) if isinstance(other, Part) else other


def entries_of(piece):
    """Return the entries of a piece and its parts, not stored yet; none where readers may never see it."""
    times = times_of(piece) if is_found(type(piece)) else None
    if times is None:
        return []
    parts = [part for name in parts_of(type(piece)) for part in getattr(piece, name).all() if part.anchor]
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            shown = [(unit, times if unit is piece else times.within(unit)) for unit in (piece, *parts)]
            shown = [(unit, between) for unit, between in shown if between and is_in(unit, language)]
            if stands_in_part(piece, [unit for unit, between in shown if between == times and unit is not piece]):
                shown = [(unit, between) for unit, between in shown if unit is not piece]
            found += [entry_of(piece, unit, language, between) for unit, between in shown]
    return found


def stands_in_part(piece, parts):
    """Whether a piece has a title alone, under which the text of a part without one is found: it would appear twice."""
    return texts_of(piece) == ([], []) and any(not localised(part, "title").text for part in parts)


def is_in(unit, language):
    """Whether a piece or a part has texts, and all of them in a language."""
    names = [build_localized_fieldname(name, language) for name in translated_fields(type(unit))]
    return has_language(unit, language) and any(getattr(unit, name) for name in names)


def entry_of(piece, unit, language, times):
    path = piece.get_absolute_url()
    section = section_at(path)
    around = [localised(getattr(unit, name), "title").text for name in unit.stands_with if getattr(unit, name)]
    if unit is not piece:
        path = f"{path.partition('#')[0]}#{unit.anchor}"
        around += [localised(piece, "title").text]
        around += [localised(getattr(piece, name), "title").text for name in piece.stands_with]
    short, long = texts_of(unit)
    title = localised(unit, "title").text or localised(piece, "title").text
    if unit is piece and getattr(piece, "opens_page", False):
        around.append(title)
        title = str(section.label)
    heading, body = " · ".join(filter(None, [*around, *short])), "\n".join(long)
    return SearchEntry(
        model=piece._meta.label_lower,
        slug=piece.slug,
        language=language,
        section=section.section,
        weight=section.search_weight,
        day=day_of(piece),
        order=unit.order,
        since=times.since,
        until=times.until,
        place=path,
        folded_text="\n".join(folded(text) for text in (title, heading, body)),
        title=title,
        heading=heading,
        body=body,
    )


def day_of(piece):
    """Return the day of a piece, or of its last review, as a number like 20260401; 0 without one."""
    day = getattr(piece, "date", None) or piece.reviewed_on
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return int(f"{day:%Y%m%d}") if day else 0


def texts_of(unit):
    """Return the short texts of a unit besides its title, and the long ones as they are read, without Markdown."""
    short, long = [], []
    for name in translated_fields(type(unit)):
        text = localised(unit, name).text if name not in ("title", "source_section") else ""
        if text and isinstance(type(unit)._meta.get_field(name), models.TextField):
            long.append(plain_text(text, between=" "))
        elif text:
            short.append(text)
    return short, long


def section_at(path):
    """Return the Page that a path is, or is under."""
    return max((page for page in PAGES if path.startswith(page.url)), key=lambda page: len(page.url))

"""Search entries: one for each piece, and each part with an anchor, in each language in which it is complete.

Every write of content calls editing.revisions.record, which rewrites the entries of the piece and of the pieces that
depend on it. An entry has the times at which readers may see it, so that it appears and disappears with its piece.
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
from recruit_site.content.translated_fields import has_language, translated_fields, translated_text
from recruit_site.content.visibility import visible_period
from recruit_site.search.folding import folded
from recruit_site.search.models import SearchEntry
from recruit_site.text.markdown import plain_text
from recruit_site.text.term_matching import split_forms

BATCH = 500
#: The translated field whose words find a piece without being shown.
SEARCH_WORDS = "search_words"
#: The fields that are not part of a unit's text: its title, and words on where the text comes from or how to find it.
BESIDE_TEXT = ("title", "source_section", "note_source", SEARCH_WORDS)


def update_entries(row):
    """Rewrite the entries of a row and of the pieces that depend on it, in the transaction that writes the row."""
    # Read the row again: other writes, such as those of consents, change its times in the database.
    for piece in (type(row)._default_manager.get(pk=row.pk), *dependent_pieces(row)):
        delete_entries(piece)
        SearchEntry.objects.bulk_create(entries_of(piece))


def delete_entries(row):
    """Delete the entries of a row."""
    SearchEntry.objects.of(row).delete()


@transaction.atomic
def rebuild_entries():
    """Rewrite all entries and return their number."""
    SearchEntry.objects.all().delete()
    new_entries = build_entries()
    while batch := list(islice(new_entries, BATCH)):
        SearchEntry.objects.bulk_create(batch)
    return SearchEntry.objects.count()


def build_entries():
    """Yield the entries of all content as it is now, without saving them."""
    for model in apps.get_models():
        if is_searchable(model):
            pieces = model.objects.prefetch_related(*model.requires_live, *parts_of(model))
            for piece in pieces.iterator(chunk_size=BATCH):
                yield from entries_of(piece)


def is_searchable(model):
    return issubclass(model, Publishable) and model.is_searchable and hasattr(model, "get_absolute_url")


def dependent_pieces(row):
    """Yield the pieces that depend on this row: readers do not see the piece, or a part of it, without the row."""
    for model in apps.get_models():
        for name in getattr(model, "requires_live", ()):
            if isinstance(row, model._meta.get_field(name).related_model):
                for dependent in model._default_manager.filter(**{name: row.pk}):
                    yield getattr(dependent, dependent.parent_field) if isinstance(dependent, Part) else dependent


def entries_of(piece):
    """Return the unsaved entries of a piece and its parts, or [] if readers may never see the piece."""
    times = visible_period(piece) if is_searchable(type(piece)) else None
    if times is None:
        return []
    parts = [part for name in parts_of(type(piece)) for part in getattr(piece, name).all() if part.anchor]
    entries = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            shown = [(unit, times if unit is piece else times.within(unit)) for unit in (piece, *parts)]
            shown = [(unit, between) for unit, between in shown if between and is_complete_in(unit, language)]
            if repeats_a_part(piece, [unit for unit, between in shown if between == times and unit is not piece]):
                shown = [(unit, between) for unit, between in shown if unit is not piece]
            entries += [entry_of(piece, unit, language, between) for unit, between in shown]
    return entries


def repeats_a_part(piece, parts):
    """Return whether an entry of the piece would repeat an entry of one of its parts.

    It would if the piece has no text besides its title and the part has no title: the part's entry has the piece's.
    """
    return texts_of(piece) == ([], []) and any(not translated_text(part, "title").text for part in parts)


def is_complete_in(unit, language):
    """Return whether a piece or a part has texts, and has all of them in a language."""
    names = [build_localized_fieldname(name, language) for name in translated_fields(type(unit))]
    return has_language(unit, language) and any(getattr(unit, name) for name in names)


def entry_of(piece, unit, language, times):
    path = piece.get_absolute_url()
    section = section_at(path)
    around = [translated_text(getattr(unit, name), "title").text for name in unit.requires_live if getattr(unit, name)]
    if unit is not piece:
        path = f"{path.partition('#')[0]}#{unit.anchor}"
        around += [translated_text(piece, "title").text]
        around += [translated_text(getattr(piece, name), "title").text for name in piece.requires_live]
    short, long = texts_of(unit)
    title = translated_text(unit, "title").text or translated_text(piece, "title").text
    if unit is piece and getattr(piece, "opens_page", False):
        around.append(title)
        title = str(section.label)
    heading, body = " · ".join(filter(None, [*around, *short])), "\n".join(long)
    words = translated_text(unit, SEARCH_WORDS).text if SEARCH_WORDS in translated_fields(type(unit)) else ""
    folded_words = "".join(f"\t{folded(word)}" for word in split_forms(words)) + "\t"
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
        folded_text="\n".join((folded(title), folded_words, folded(heading), folded(body))),
        is_answered=getattr(unit, "is_answered", True),
        title=title,
        heading=heading,
        body=body,
    )


def day_of(piece):
    """Return the date of a piece, or else of its last review, as a number like 20260401, or 0 if it has neither."""
    day = getattr(piece, "date", None) or piece.reviewed_on
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return int(f"{day:%Y%m%d}") if day else 0


def texts_of(unit):
    """Return (short texts besides the title, long texts without their Markdown) of a piece or a part."""
    short, long = [], []
    for name in translated_fields(type(unit)):
        text = translated_text(unit, name).text if name not in BESIDE_TEXT else ""
        if text and isinstance(type(unit)._meta.get_field(name), models.TextField):
            long.append(plain_text(text, between=" "))
        elif text:
            short.append(text)
    return short, long


def section_at(path):
    """Return the Page with the longest URL that a path begins with."""
    return max((page for page in PAGES if path.startswith(page.url)), key=lambda page: len(page.url))

"""Reading a translated field: the text, and the language it really is in."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from recruit_site.publishing import parts_of

#: The name of a translated field's column in a language: asked for every text of a page.
column = cache(build_localized_fieldname)


class Localised(NamedTuple):
    text: str
    language: str

    @property
    def is_fallback(self):
        return bool(self.text) and self.language != get_language()


def localised(row, field):
    """Return `field` of `row` in the active language, or the Japanese where that language has no text."""
    for language in (get_language(), settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
        text = getattr(row, column(field, language)) or ""
        if text:
            return Localised(text, language)
    return Localised("", get_language())


@cache
def translated_fields(model):
    """Return the names of the translated fields of a model in the order in which it has them, () where it has none."""
    try:
        names = set(translator.get_options_for_model(model).get_field_names())  # in another order in each process
    except NotRegistered:
        return ()
    return tuple(field.name for field in model._meta.concrete_fields if field.name in names)


def has_language(piece, language, alone=False):
    """Whether every text that `piece` has in Japanese is there in `language` too.

    Its parts and its picture count where they have been fetched with it: where they are shown. `alone` leaves out
    the parts.
    """
    fetched = {} if alone else getattr(piece, "_prefetched_objects_cache", {})
    parts = [part for name in parts_of(type(piece)) if name in fetched for part in fetched[name]]
    pictures = filter(None, [piece._state.fields_cache.get("picture")])
    return all(
        getattr(row, column(field, language))
        for row in (piece, *parts, *pictures)
        for field in translated_fields(type(row))
        if field not in getattr(row, "of_each_language", ())
        and getattr(row, column(field, settings.MODELTRANSLATION_DEFAULT_LANGUAGE))
    )


def languages_of(*pieces):
    """Return the languages in which all of these pieces are complete; Japanese, the original, always is."""
    original = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return [
        language
        for language, _name in settings.LANGUAGES
        if language == original or all(has_language(piece, language) for piece in pieces)
    ]

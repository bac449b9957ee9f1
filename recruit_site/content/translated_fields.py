"""Reading a translated field: the text, and the language it really is in."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, override
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.models import parts_of
from recruit_site.text.term_matching import split_forms

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


def has_language(row, language):
    """Whether every text that a row has in Japanese is there in `language` too. Its parts are rows of their own."""
    return all(
        getattr(row, column(field, language))
        for field in translated_fields(type(row))
        if field not in getattr(row, "of_each_language", ())
        and getattr(row, column(field, settings.MODELTRANSLATION_DEFAULT_LANGUAGE))
    )


def languages_of(*rows):
    """Return the languages in which all of these rows are complete; Japanese, the original, always is."""
    original = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return [
        language
        for language, _name in settings.LANGUAGES
        if language == original or all(has_language(row, language) for row in rows)
    ]


def with_parts(piece):
    """Return the rows whose texts stand where a piece is shown whole: itself, its parts, its picture."""
    parts = [part for name in parts_of(type(piece)) for part in getattr(piece, name).all()]
    return [piece, *parts, *filter(None, [getattr(piece, "picture", None)])]


def forms(row, language=None):
    """Return the title of a row and its other forms in a language (the active one), the title first."""
    if language and language != get_language():
        with override(language):
            return forms(row)
    title = localised(row, "title").text.strip()
    return [*([title] if title else []), *split_forms(row.other_forms)]

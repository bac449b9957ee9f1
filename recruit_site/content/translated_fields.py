"""Translated fields: the text to show, and the language that it is really in."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, override
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.models import parts_of
from recruit_site.text.term_matching import split_forms

#: The column name of a translated field in a language. Cached, because every text of a page needs it.
column = cache(build_localized_fieldname)


class TranslatedText(NamedTuple):
    text: str
    language: str

    @property
    def is_fallback(self):
        return bool(self.text) and self.language != get_language()


def translated_text(row, field):
    """Return `field` of `row` in the active language, or in Japanese if that language has no text."""
    for language in (get_language(), settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
        text = getattr(row, column(field, language)) or ""
        if text:
            return TranslatedText(text, language)
    return TranslatedText("", get_language())


@cache
def translated_fields(model):
    """Return the names of a model's translated fields in the order of its columns, or () if it has none."""
    try:
        names = set(translator.get_options_for_model(model).get_field_names())  # their order differs between processes
    except NotRegistered:
        return ()
    return tuple(field.name for field in model._meta.concrete_fields if field.name in names)


def has_language(row, language):
    """Return whether every text that a row has in Japanese also exists in `language`. Its parts are not included."""
    return all(
        getattr(row, column(field, language))
        for field in translated_fields(type(row))
        if field not in getattr(row, "language_specific_fields", ())
        and getattr(row, column(field, settings.MODELTRANSLATION_DEFAULT_LANGUAGE))
    )


def languages_of(*rows):
    """Return the languages in which all of these rows are complete. Japanese, the original, is always one of them."""
    original = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return [
        language
        for language, _name in settings.LANGUAGES
        if language == original or all(has_language(row, language) for row in rows)
    ]


def rows_shown_with(piece):
    """Return the rows whose texts appear where a piece is shown whole: piece and parts, their pictures and scenes."""
    parts = [part for name in parts_of(type(piece)) for part in getattr(piece, name).all()]
    scenes = [row.scene for row in (piece, *parts) if hasattr(row, "scene_id")]
    return [piece, *parts, *filter(None, [getattr(piece, "picture", None), *scenes])]


def title_and_other_forms(row, language=None):
    """Return the title of a row and its other forms in a language (default: the active one), the title first."""
    if language and language != get_language():
        with override(language):
            return title_and_other_forms(row)
    title = translated_text(row, "title").text.strip()
    return [*([title] if title else []), *split_forms(row.other_forms)]

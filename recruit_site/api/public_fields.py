"""The public fields of the content, and their values for other sites."""

from functools import cache

from django.conf import settings
from django.db import models
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.models import SiteText
from recruit_site.content.models.related_link import PieceField, linkable_models
from recruit_site.content.translated_fields import translated_fields

#: The models whose TextFields hold plain text, not Markdown.
PLAIN = {SiteText}


@cache
def public_fields(model):
    """Return {name: field} of the public fields of a model. A translated field is there once, not once per language."""
    return {name: model._meta.get_field(name) for name in model.public_fields}


def is_translated(field):
    return field.name in translated_fields(field.model)


def is_known(key, known):
    """Return whether `known`, {model: set of slugs}, has the piece of a PieceKey."""
    return key.slug in known.get(linkable_models().get(key.label), ())


def is_markdown(field):
    return isinstance(field, models.TextField) and field.model not in PLAIN


@cache
def columns(model):
    """Return {field name: {language: column name}} of the public translated fields of a model."""
    return {
        name: {code: build_localized_fieldname(name, code) for code, _name in settings.LANGUAGES}
        for name, field in public_fields(model).items()
        if is_translated(field)
    }


def public_values(model, data, known):
    """Return {name: value} of the public fields in `data`, a snapshot of `model`, without its parts.

    Empty values are None. References to slugs that are not in `known`, {model: set of slugs}, are left out.
    """
    translated = columns(model)
    values = {}
    for name, field in public_fields(model).items():
        if name in translated:
            values[name] = {code: data[column] or None for code, column in translated[name].items()}
        elif isinstance(field, models.ManyToManyField):
            values[name] = [slug for slug in data[name] if slug in known[field.related_model]]
        elif isinstance(field, models.ForeignKey):
            values[name] = data[name] if data[name] in known[field.related_model] else None
        elif isinstance(field, PieceField):
            values[name] = data[name] if is_known(field.key_of(data[name]), known) else None
        elif isinstance(field, models.DecimalField):
            values[name] = None if data[name] is None else float(data[name])
        else:
            values[name] = None if data[name] == "" else data[name]
    return values

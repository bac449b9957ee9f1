"""The public fields of the content, and how they are written for other sites."""

from functools import cache

from django.conf import settings
from django.db import models
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.models import SiteText
from recruit_site.content.translated_fields import translated_fields

#: Models whose long texts are no Markdown.
PLAIN = {SiteText}


@cache
def public_fields(model):
    """Return the fields that a model names as public, by name; a translated one once."""
    return {name: model._meta.get_field(name) for name in model.public_fields}


def is_translated(field):
    return field.name in translated_fields(field.model)


def is_markdown(field):
    return isinstance(field, models.TextField) and field.model not in PLAIN


@cache
def columns(model):
    """Return the names of a translated field's columns by language, for each of a model's public ones."""
    return {
        name: {code: build_localized_fieldname(name, code) for code, _name in settings.LANGUAGES}
        for name, field in public_fields(model).items()
        if is_translated(field)
    }


def public(model, data, known):
    """Return what is public of a snapshot of `model`, without its parts.

    Empty is null. References to what is not `known`, a set of slugs for each model, are left out.
    """
    translated = columns(model)
    found = {}
    for name, field in public_fields(model).items():
        if name in translated:
            found[name] = {code: data[column] or None for code, column in translated[name].items()}
        elif isinstance(field, models.ManyToManyField):
            found[name] = [slug for slug in data[name] if slug in known[field.related_model]]
        elif isinstance(field, models.ForeignKey):
            found[name] = data[name] if data[name] in known[field.related_model] else None
        elif isinstance(field, models.DecimalField):
            found[name] = None if data[name] is None else float(data[name])
        else:
            found[name] = None if data[name] == "" else data[name]
    return found

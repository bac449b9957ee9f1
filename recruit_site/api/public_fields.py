"""Which fields of the content are public, and how they are written for other sites.

What is public is every field that editors fill in but those named here. `docs/content.schema.json` lists the outcome,
and a test compares: a new field is public when someone has read that change.
"""

from functools import cache

from django.conf import settings
from django.db import models
from modeltranslation.utils import build_localized_fieldname

from recruit_site.content.models import Part, Publishable, SiteText, Sluggable
from recruit_site.content.snapshot import fields_of
from recruit_site.content.translated_fields import translated_fields
from recruit_site.media.models import Picture

#: What only the workshop needs to know: where a piece stands in it, until when it is shown, notes of staff.
HIDDEN = {
    Sluggable: {"order"},
    Part: {"order"},
    Publishable: {"state", "publish_until"},
    SiteText: {"title"},
    Picture: {"name", "file", "focus_x", "focus_y", "shows"},
}
#: Models whose long texts are no Markdown.
PLAIN = {SiteText}


@cache
def public_fields(model):
    """Return the public fields of a model by their names, a translated one once."""
    hidden = {name for kind, names in HIDDEN.items() if issubclass(model, kind) for name in names}
    names = dict.fromkeys(getattr(field, "translated_field", field).name for field in fields_of(model))
    return {name: model._meta.get_field(name) for name in names if name not in hidden}


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

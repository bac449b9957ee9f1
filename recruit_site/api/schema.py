"""The JSON Schema of the content as JSON, made from the same models."""

from django.conf import settings
from django.db import models
from django.utils.translation import override

from recruit_site.api.content import VERSION, public_models
from recruit_site.api.public_fields import is_markdown, is_translated, public_fields
from recruit_site.content.models import Publishable, parts_of
from recruit_site.content.models.related_link import PieceField
from recruit_site.media.models import Picture

LANGUAGES = [code for code, _name in settings.LANGUAGES]
#: The JSON types of fields that are neither translated nor references, subclasses before their base classes.
TYPES = (
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
    (models.DecimalField, {"type": "number"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"}),
    (models.SlugField, {"type": "string", "pattern": "^[a-z0-9-]+$"}),
    (models.URLField, {"type": "string", "format": "uri"}),
    (models.CharField, {"type": "string"}),
)


def schema():
    """Return the schema (draft 2020-12) without its $id, which SchemaView adds."""
    lists = public_models()
    parts = {part.__name__: part for model in lists.values() for part in parts_of(model).values()}
    with override("en"):
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "All published content of the site",
            **record(
                {
                    "schema": {"type": "string", "format": "uri"},
                    "version": {"const": VERSION},
                    "site": {"type": "string", "format": "uri"},
                    "languages": {"const": LANGUAGES},
                    "content": record({name: list_of(model.__name__) for name, model in lists.items()}),
                }
            ),
            "$defs": {
                "text": by_language("Plain text by language", {"type": ["string", "null"], "minLength": 1}),
                "markdown": by_language(
                    "CommonMark without HTML by language",
                    {"type": ["string", "null"], "minLength": 1, "contentMediaType": "text/markdown"},
                ),
                "urls": by_language("The page by language", {"type": "string", "format": "uri"}),
                **{model.__name__: piece(model) for model in lists.values()},
                **{name: record(fields(part)) for name, part in sorted(parts.items())},
            },
        }


def record(properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(name):
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def by_language(description, text):
    return {"description": description, **record(dict.fromkeys(LANGUAGES, text))}


def piece(model):
    has_page = hasattr(model, "get_absolute_url")
    properties = {
        "url": {"$ref": "#/$defs/urls"} if has_page else {"type": "null"},
        "languages": {
            "description": "In which languages the piece is whole",
            "type": "array",
            "items": {"enum": LANGUAGES},
            "contains": {"const": LANGUAGES[0]},
        },
        **fields(model),
    }
    if issubclass(model, Publishable):
        properties["updated_at"] = {"description": "last change", "type": "string", "format": "date-time"}
    if issubclass(model, Picture):
        file = {"url": {"type": "string", "format": "uri"}, "type": {"type": "string"}}
        size = {name: {"type": "integer", "minimum": 1} for name in ("width", "height")}
        properties["files"] = {"type": "array", "items": record(file | size), "minItems": 1}
    properties |= {name: list_of(part.__name__) for name, part in parts_of(model).items()}
    return {"description": str(model._meta.verbose_name), **record(properties)}


def fields(model):
    return {
        name: {"description": str(field.verbose_name), **kind(field)} for name, field in public_fields(model).items()
    }


def kind(field):
    if is_translated(field):
        return {"$ref": "#/$defs/markdown" if is_markdown(field) else "#/$defs/text"}
    if field.is_relation:
        slug = {"description": f"slug of: {field.related_model._meta.verbose_name}"}
        if field.many_to_many:
            return slug | {"type": "array", "items": {"type": "string"}}
        return slug | {"type": ["string", "null"]}
    json_type = next(json_type for field_class, json_type in TYPES if isinstance(field, field_class))
    if field.flatchoices:
        choices = [value for value, _label in field.flatchoices]
        return {"enum": [*choices, None] if field.null or field.blank else choices}
    may_be_hidden = isinstance(field, PieceField)
    if field.null or may_be_hidden or (field.blank and json_type["type"] == "string"):
        return json_type | {"type": [json_type["type"], "null"]}
    return json_type

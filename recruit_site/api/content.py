"""All published content as JSON, for other sites. `docs/api.md` says what they may rely on."""

import re

from django.conf import settings
from django.utils.translation import override

from recruit_site.api.public_fields import public_fields, public_values
from recruit_site.content import snapshot
from recruit_site.content.models import Publishable, parts_of
from recruit_site.content.translated_fields import languages_of, rows_shown_with
from recruit_site.media import renditions
from recruit_site.media.models import Picture
from recruit_site.web.canonical_urls import absolute

#: Rises when something that other sites rely on is removed or changes its meaning: see docs/api.md.
VERSION = 1


def public_models():
    """Return {name of the list: model} of the public models: first pieces, then rows that several pieces share.

    A shared row (a document, subject or picture) is public if a public piece uses it.
    """
    models = [model for model in snapshot.content_models() if hasattr(model, "public_fields")]
    models.sort(key=lambda model: (not issubclass(model, Publishable), model.__name__))
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower(): model for model in models}


def visible_rows(model):
    """Return the queryset of a model's rows that readers may see, with the related rows that their snapshots hold.

    The number of queries depends on the fields of the model, not on the number of rows.
    """
    parts = parts_of(model)
    paths = [
        *(field.name for field in snapshot.fields_of(model) if field.is_relation),
        *parts,
        *(f"{name}__{field.name}" for name in parts for field in snapshot.fields_of(parts[name]) if field.is_relation),
    ]
    rows = model.objects.all()
    rows = rows.published() if hasattr(rows, "published") else rows.without_withheld()
    return rows.with_published(*paths)


def content_document():
    """Return the JSON-ready document of all public content. The same content gives the same document."""
    models = public_models()
    rows = {model: list(visible_rows(model)) for model in models.values()}
    known = {model: {row.slug for row in found} for model, found in rows.items()}
    urls = {model: urls_of(found) for model, found in rows.items()}
    lists, used = {}, set()
    for name, model in models.items():
        lists[name] = [
            piece_data(row, url, known)
            for row, url in zip(rows[model], urls[model], strict=True)
            if issubclass(model, Publishable) or (model, row.slug) in used
        ]
        for piece in lists[name]:
            used.update(references(model, piece))
    return {
        "schema": absolute("/api/content.schema.json"),
        "version": VERSION,
        "site": absolute("/"),
        "languages": [code for code, _name in settings.LANGUAGES],
        "content": lists,
    }


def urls_of(rows):
    """Return {language: URL} for each row of one model, None for each row if the model has no pages."""
    if not rows or not hasattr(rows[0], "get_absolute_url"):
        return [None] * len(rows)
    urls = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            urls[code] = [absolute(row.get_absolute_url()) for row in rows]
    return [dict(zip(urls, addresses, strict=True)) for addresses in zip(*urls.values(), strict=True)]


def piece_data(row, url, known):
    model = type(row)
    data = snapshot.take_snapshot(row)
    piece = {"url": url, "languages": languages_of(*rows_shown_with(row))} | public_values(model, data, known)
    if isinstance(row, Publishable):
        piece["updated_at"] = snapshot.to_json_value(row.updated_at)
    if isinstance(row, Picture):
        piece["files"] = files_of(row)
    for name, part in parts_of(model).items():
        piece[name] = [public_values(part, one, known) for one in data[name]]
    return piece


def files_of(picture):
    return [
        {
            "url": absolute(picture.file.storage.url(one.name)),
            "type": renditions.FORMS[one.form][0],
            "width": one.size[0],
            "height": one.size[1],
        }
        for one in renditions.renditions_of(picture, "whole")
    ]


def references(model, piece):
    """Yield (model, slug) of every row to which a piece or one of its parts refers."""
    units = [(model, piece), *((part, one) for name, part in parts_of(model).items() for one in piece[name])]
    for unit_model, data in units:
        for name, field in public_fields(unit_model).items():
            if field.is_relation:
                slugs = data[name] if isinstance(data[name], list) else [data[name]]
                yield from ((field.related_model, slug) for slug in slugs if slug)

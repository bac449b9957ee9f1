"""All published content as data, for other sites. `docs/api.md` says what they may rely on."""

import re

from django.conf import settings
from django.utils.translation import override

from recruit_site.api.public_fields import public, public_fields
from recruit_site.content import snapshot
from recruit_site.content.models import Publishable, parts_of
from recruit_site.content.translated_fields import languages_of, with_parts
from recruit_site.media import renditions
from recruit_site.media.models import Picture
from recruit_site.web.canonical_urls import absolute

#: Rises when something that others rely on goes or means something else: see docs/api.md.
VERSION = 1


def kinds():
    """Return the models of what is public, by the names of their lists: first pieces, then what they share.

    What several pieces share (documents, subjects, pictures) is public by being used in one.
    """
    found = [model for model in snapshot.content_models() if hasattr(model, "public_fields")]
    found.sort(key=lambda model: (not issubclass(model, Publishable), model.__name__))
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower(): model for model in found}


def seen(model):
    """Return the rows of a model that readers may see, with all that their snapshots hold.

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


def content():
    """Return the document: JSON-ready, and the same for the same content."""
    models = kinds()
    rows = {model: list(seen(model)) for model in models.values()}
    known = {model: {row.slug for row in found} for model, found in rows.items()}
    urls = {model: urls_of(found) for model, found in rows.items()}
    lists, used = {}, set()
    for name, model in models.items():
        lists[name] = [
            piece_of(row, url, known)
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
    """Return for each row its addresses by language, None where it has no page."""
    if not rows or not hasattr(rows[0], "get_absolute_url"):
        return [None] * len(rows)
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = [absolute(row.get_absolute_url()) for row in rows]
    return [dict(zip(found, addresses, strict=True)) for addresses in zip(*found.values(), strict=True)]


def piece_of(row, url, known):
    model = type(row)
    data = snapshot.take(row)
    piece = {"url": url, "languages": languages_of(*with_parts(row))} | public(model, data, known)
    if isinstance(row, Publishable):
        piece["updated_at"] = snapshot.plain(row.updated_at)
    if isinstance(row, Picture):
        piece["files"] = files_of(row)
    for name, part in parts_of(model).items():
        piece[name] = [public(part, one, known) for one in data[name]]
    return piece


def files_of(picture):
    return [
        {
            "url": absolute(picture.file.storage.url(one.name)),
            "type": renditions.FORMS[one.form][0],
            "width": one.size[0],
            "height": one.size[1],
        }
        for one in renditions.of(picture, "whole")
    ]


def references(model, piece):
    """Yield (model, slug) of all that a piece and its parts refer to."""
    units = [(model, piece), *((part, one) for name, part in parts_of(model).items() for one in piece[name])]
    for of, data in units:
        for name, field in public_fields(of).items():
            if field.is_relation:
                slugs = data[name] if isinstance(data[name], list) else [data[name]]
                yield from ((field.related_model, slug) for slug in slugs if slug)

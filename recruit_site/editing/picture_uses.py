"""The uses of a picture: all fields that refer to it, and the working copies of such pieces."""

from typing import NamedTuple

from recruit_site.editing.models import WorkingCopy
from recruit_site.media.models import Picture
from recruit_site.web.admin_page import form_address


class Use(NamedTuple):
    """A piece that shows a picture: its kind, the URL of its form, and whether only its working copy shows it."""

    piece: object
    kind: str
    url: str
    only_in_copy: bool


def uses(picture):
    """Return the Uses of a picture by pieces in any state, ordered by kind of content."""
    picture_uses = []
    for relation in Picture._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{field: picture})
        copies = WorkingCopy.objects.filter(model=model._meta.label_lower, **{f"snapshot__{field}": picture.slug})
        in_copies = model._default_manager.filter(slug__in=copies.values("slug")).exclude(**{field: picture})
        picture_uses += [Use(row, model._meta.verbose_name, form_address(row), False) for row in rows]
        picture_uses += [Use(row, model._meta.verbose_name, form_address(row), True) for row in in_copies]
    return picture_uses

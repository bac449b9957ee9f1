"""Parts: rows inside a piece of content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content import slugs
from recruit_site.content.models.fields import order_field
from recruit_site.content.models.sanitised import SanitisedModel
from recruit_site.content.models.sluggable import set_order_after_siblings
from recruit_site.content.querysets import ContentQuerySet


def part_slug():
    return slugs.random_part(8)


class Part(SanitisedModel):
    """A row that belongs to one piece of content and is edited with it.

    Subclasses name the foreign key to the piece in `parent_field`.
    """

    parent_field = None
    shown_to_readers = True

    #: Names of foreign keys. Readers do not see the part while one of them leads to a piece that is not live.
    requires_live = ()

    slug = models.SlugField(_("anchor"), max_length=80, default=part_slug)
    order = order_field()

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("order", "pk")

    def save(self, **kwargs):
        siblings = {self.parent_field: getattr(self, self.parent_field)}
        set_order_after_siblings(self, type(self)._default_manager.filter(**siblings))
        super().save(**kwargs)

    @property
    def anchor(self):
        """The id of the part on the page of its piece, or "" if it has none."""
        return ""


def parts_of(model):
    """Return {accessor name: model of the parts} of a content model, in alphabetical order of the names."""
    return dict(
        sorted(
            (relation.get_accessor_name(), relation.related_model)
            for relation in model._meta.related_objects
            if issubclass(relation.related_model, Part) and relation.field.name == relation.related_model.parent_field
        )
    )

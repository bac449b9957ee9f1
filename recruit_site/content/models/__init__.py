"""The base classes of all content models, and the content models that belong to no other app."""

from recruit_site.content.models.chapter import Chapter, Passage
from recruit_site.content.models.fields import order_field, picture_field, scene_field
from recruit_site.content.models.part import Part, part_slug, parts_of
from recruit_site.content.models.publishable import Publishable
from recruit_site.content.models.reference import OldSlug, PieceReference, PieceReferenceQuerySet, reference_models
from recruit_site.content.models.related_link import RelatedLink
from recruit_site.content.models.sanitised import SanitisedModel
from recruit_site.content.models.scene import Scene
from recruit_site.content.models.scope import Scope
from recruit_site.content.models.site_text import SiteText
from recruit_site.content.models.sluggable import Sluggable, set_order_after_siblings
from recruit_site.content.models.source import Source
from recruit_site.content.models.term import Term

__all__ = [
    "Chapter",
    "OldSlug",
    "Part",
    "Passage",
    "PieceReference",
    "PieceReferenceQuerySet",
    "Publishable",
    "RelatedLink",
    "SanitisedModel",
    "Scene",
    "Scope",
    "SiteText",
    "Sluggable",
    "Source",
    "Term",
    "order_field",
    "part_slug",
    "parts_of",
    "picture_field",
    "reference_models",
    "scene_field",
    "set_order_after_siblings",
]

"""Rows with a slug and an order."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from recruit_site.content import slugs
from recruit_site.content.models.fields import order_field
from recruit_site.content.models.reference import LONGEST_SLUG
from recruit_site.content.models.sanitised import SanitisedModel
from recruit_site.content.querysets import ContentQuerySet


def set_order_after_siblings(row, siblings):
    """Set the order of a new row that has none to 10 more than the last sibling, so that others fit between."""
    if row._state.adding and not row.order:
        row.order = (siblings.aggregate(last=models.Max("order"))["last"] or 0) + 10


class Sluggable(SanitisedModel):
    """A row with a stable ASCII slug, which addresses and fixtures use."""

    slug = models.SlugField(
        _("slug"),
        max_length=LONGEST_SLUG,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens only."))],
        help_text=_("Short name in the page's address: small letters, digits and hyphens."),
    )
    order = order_field()
    withheld_from = models.DateTimeField(
        null=True, editable=False, help_text="When the first consent ends for a name in it: see consent/models.py."
    )

    objects = ContentQuerySet.as_manager()

    shown_to_readers = True

    #: The fields that siblings have in common. Rows with equal values are ordered among themselves; a minus before a
    #: name sorts the groups by that field in descending order.
    ordered_within = ()

    #: Whether editors order the rows by hand. If not, `order` has no meaning and `Meta.ordering` sorts the list.
    ordered_by_hand = True

    class Meta:
        abstract = True
        ordering = ("order", "slug")

    def save(self, **kwargs):
        set_order_after_siblings(self, type(self)._default_manager.all())
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).values_list("slug", flat=True).first()
            super().save(**kwargs)
            if "slug" in (kwargs.get("update_fields") or ("slug",)):
                slugs.record_slug_change(self, before)

    def clean(self):
        super().clean()
        heir = slugs.piece_with_former_slug(type(self), self.slug)
        if heir and heir.pk != self.pk:
            message = _("Choose another one: this was the slug of “%(title)s”, and its old address still leads there.")
            raise ValidationError({"slug": ValidationError(message, params={"title": heir})})

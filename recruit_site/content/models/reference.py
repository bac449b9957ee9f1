"""References to a piece of content by the label of its model and its slug."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

#: The maximum length of a slug in characters.
LONGEST_SLUG = 80


class PieceReferenceQuerySet(models.QuerySet):
    def of(self, row):
        """Return the rows about one piece of content."""
        return self.filter(model=row._meta.label_lower, slug=row.slug)


class PieceReference(models.Model):
    """The base of rows about a piece of content, which they name by model and slug. They follow a changed slug.

    There is no foreign key, so that a row can outlive the piece.
    """

    model = models.CharField(_("kind of content"), max_length=100)
    slug = models.CharField(_("slug"), max_length=LONGEST_SLUG)

    objects = PieceReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def kind(self):
        """The model of the piece."""
        return apps.get_model(self.model)

    @property
    def piece(self):
        """The piece, or None if it no longer exists."""
        return self.kind._default_manager.filter(slug=self.slug).first()


def reference_models():
    """Return the models whose rows name a piece of content."""
    return [model for model in apps.get_models() if issubclass(model, PieceReference)]


class OldSlug(models.Model):
    """A former slug of a piece, and its current slug.

    No row of the model has the former slug. No row may have the current one either: old slugs outlive a deleted piece.
    """

    model = models.CharField(max_length=100)
    slug = models.CharField(max_length=LONGEST_SLUG)
    current = models.CharField(max_length=LONGEST_SLUG)

    shown_to_readers = True

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="old_slug_unique"),)

    def __str__(self):
        return f"{self.model} {self.slug}"

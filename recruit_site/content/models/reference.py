"""References to a piece of content by the label of its model and its slug."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

#: The most characters of a slug.
LONGEST_SLUG = 80


class PieceReferenceQuerySet(models.QuerySet):
    def of(self, row):
        """Keep what is kept about one piece of content."""
        return self.filter(model=row._meta.label_lower, slug=row.slug)


class PieceReference(models.Model):
    """Something kept about a piece of content, which it names by model and slug: it goes where the slug goes.

    It names and does not refer, so that it can outlive the piece.
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
        """The piece, None where it is not there any more."""
        return self.kind._default_manager.filter(slug=self.slug).first()


def reference_models():
    """Return the models of what is kept about pieces of content."""
    return [model for model in apps.get_models() if issubclass(model, PieceReference)]


class OldSlug(models.Model):
    """A slug that a piece had once, and the one it has now.

    No row of its model has that slug. The one it has now may be missing: a deleted piece leaves its old slugs.
    """

    model = models.CharField(max_length=100)
    slug = models.CharField(max_length=LONGEST_SLUG)
    current = models.CharField(max_length=LONGEST_SLUG)

    shown_to_readers = True

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="old_slug_unique"),)

    def __str__(self):
        return f"{self.model} {self.slug}"

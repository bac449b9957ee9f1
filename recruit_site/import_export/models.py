"""What the fixtures' loader remembers."""

from django.db import models


class LoadedRecord(models.Model):
    """What load_brochures last read of a fixture's record and the row it made of it.

    The first tells whether the fixture has changed since, the second whether staff have changed the row.
    """

    model = models.CharField(max_length=100)
    slug = models.CharField(max_length=80)
    record = models.JSONField()
    snapshot = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="loaded_record_unique"),)

    def __str__(self):
        return f"{self.model} {self.slug}"

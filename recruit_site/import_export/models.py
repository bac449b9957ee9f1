"""The records that load_brochures loaded last."""

from django.db import models


class LoadedRecord(models.Model):
    """A record of a fixture as load_brochures read it last, and the snapshot of the row that it made.

    `record` shows whether the fixture has changed since, `snapshot` whether staff have changed the row.
    """

    model = models.CharField(max_length=100)
    slug = models.CharField(max_length=80)
    record = models.JSONField()
    snapshot = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="loaded_record_unique"),)

    def __str__(self):
        return f"{self.model} {self.slug}"

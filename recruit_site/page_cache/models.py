"""The log of content writes, from which the content version is read."""

from django.db import models


class ContentChange(models.Model):
    """A write of content.

    Rows are only added, so that concurrent writers never wait for each other. The content version also counts the
    rows, because a transaction may be committed after one with a higher key.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return f"{self.pk}"

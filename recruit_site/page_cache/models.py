"""The log of writes from which the content version follows."""

from django.db import models


class ContentChange(models.Model):
    """A write of content.

    Rows are only added, so that concurrent writers never wait for each other here. The number of rows tells of a
    transaction that was committed after one with a higher key.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return f"{self.pk}"

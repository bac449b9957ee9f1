"""What the editorial checks found in every piece of content, so that lists and counts need not check again."""

from django.db import models

from recruit_site.content.models import PieceReference
from recruit_site.editorial_checks.checks import Finding, remarks


class CheckResult(PieceReference):
    """The findings in a piece as it is stored, and the keys of those that someone accepted as they are.

    `open` counts the findings that nobody accepted. What a piece with `links` leads to may change without it.
    """

    findings = models.JSONField(default=list)
    accepted = models.JSONField(default=list)
    open = models.PositiveIntegerField(default=0, db_index=True)
    links = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="checked_unique"),)

    def __str__(self):
        return f"{self.model} {self.slug}: {self.open}"

    @property
    def remarks(self):
        """The Remarks about the findings that nobody accepted."""
        found = [Finding(**finding) for finding in self.findings if finding["key"] not in self.accepted]
        return remarks(self.kind, found)

    def count(self):
        self.open = sum(finding["key"] not in self.accepted for finding in self.findings)

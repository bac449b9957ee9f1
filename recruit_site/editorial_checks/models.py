"""The stored results of the editorial checks: lists and counts read them instead of checking again."""

from django.db import models

from recruit_site.content.models import PieceReference
from recruit_site.editorial_checks.registry import Finding, remarks


class CheckResult(PieceReference):
    """The findings in a stored piece, and the keys of the findings that someone `accepted` as right.

    `open` counts the findings that nobody accepted. `links` marks pieces with links: their targets may disappear
    without a save of the piece.
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
        open_findings = [Finding(**finding) for finding in self.findings if finding["key"] not in self.accepted]
        return remarks(self.kind, open_findings)

    def count(self):
        self.open = sum(finding["key"] not in self.accepted for finding in self.findings)

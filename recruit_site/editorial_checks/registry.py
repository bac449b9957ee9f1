"""All editorial checks, run at every save. A check is a function from one TextPlace of a snapshot to Marks in it."""

from dataclasses import replace
from typing import NamedTuple

from recruit_site.content.models import Term
from recruit_site.editorial_checks.finding import Finding, places
from recruit_site.editorial_checks.numbers_and_terms import Lexicon
from recruit_site.editorial_checks.rules import both_languages, completeness, japanese, links, spellings, structure

__all__ = ["CHECKS", "Finding", "Remark", "current_lexicon", "findings", "remarks"]

#: All checks by name, in the order in which their findings at one place are shown.
CHECKS = {
    check.name: check
    for family in (both_languages, completeness, links, structure, japanese, spellings)
    for check in family.CHECKS
}


def current_lexicon():
    return Lexicon(Term.objects.all())


def findings(model, data, lexicon=None):
    """Return the Findings of all checks in a snapshot, in the order of its fields.

    Pass the same `lexicon` when checking many snapshots: without it, every call reads the glossary.
    """
    lexicon = lexicon or current_lexicon()
    return [
        found for place in places(model, data, lexicon) for check in CHECKS.values() for found in check.findings(place)
    ]


class Remark(NamedTuple):
    """A Finding in words, in the active language: the label of the field, what is wrong and what to do about it."""

    finding: Finding
    label: str
    says: str
    advice: str
    blocks: bool

    def in_form(self, prefixes):
        """Return this Remark with the field's name in a form; `prefixes` maps a part ("answers why") to its prefix."""
        prefix = f"{prefixes[self.finding.part]}-" if self.finding.part else ""
        return self._replace(finding=replace(self.finding, at=prefix + self.finding.name))


def remarks(model, found):
    """Return the Remarks about Findings in a piece of a model, without Findings of checks that no longer exist."""
    return [_remark(model, finding, CHECKS[finding.check]) for finding in found if finding.check in CHECKS]


def _remark(model, finding, check):
    advice = check.advice % finding.values
    if check.hint and all(finding.values.values()):
        advice += " " + check.hint % finding.values
    return Remark(finding, finding.label(model), check.says % finding.values, advice, check.blocks)

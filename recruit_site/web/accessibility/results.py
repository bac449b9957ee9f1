"""Reads what `make a11y` recorded in results.json, beside this file, and puts it into words for the page."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruit_site.web.accessibility.criteria import Criterion

RECORD = Path(__file__).with_name("results.json")

#: The checks of our own. All others are rules of axe-core.
OWN_CHECKS = {
    "walk": gettext_lazy("a walk by keyboard"),
    "reflow": gettext_lazy("the width on a narrow screen"),
    "enlarged": gettext_lazy("the width with large text"),
    "markup": gettext_lazy("the validity of the HTML"),
}


class CriterionRow(NamedTuple):
    """A criterion, whether it applies, what the tools found (sentences), and with which checks: all in words."""

    criterion: Criterion
    applies: str
    result: list
    checks: str


def record():
    """Return the recorded test, or None where there is none."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else None


def rows(criteria, found):
    """Return a CriterionRow for each criterion. `found` is the record's {number: {checks, pages, absent}}."""
    return [row(criterion, **found.get(criterion.number, {})) for criterion in criteria]


def row(criterion, absent=False, checks=(), pages=()):
    """Return the CriterionRow of a criterion.

    `absent` says that no page holds what the criterion is about, `pages` on how many pages the worst outcome
    was which: {"violations": …, "incomplete": …, "passes": …, "inapplicable": …}.
    """
    if absent:
        return CriterionRow(criterion, _("Not applicable"), [_("No page has anything of the kind.")], "")
    outcomes = in_words(dict(pages))
    if not outcomes:
        return CriterionRow(criterion, _("Not judged"), [_("A manual check is needed.")], "")
    return CriterionRow(criterion, _("Applicable"), [*outcomes, _("A manual check is needed too.")], named(checks))


def in_words(pages):
    """Say on how many pages the tools found what, worst first; nothing where they had nothing to judge."""
    said = []
    if number := pages.get("violations"):
        said.append((ngettext("Violations on %(number)s page.", "Violations on %(number)s pages.", number), number))
    if number := pages.get("incomplete"):
        said.append((ngettext("Undecided on %(number)s page.", "Undecided on %(number)s pages.", number), number))
    if number := pages.get("passes"):
        phrase = ngettext("No violation found on %(number)s page.", "No violation found on %(number)s pages.", number)
        said.append((phrase, number))
    return [phrase % {"number": number} for phrase, number in said]


def named(checks):
    """Name the checks of our own and count the rules of axe-core."""
    own = [str(label) for check, label in OWN_CHECKS.items() if check in checks]
    if rules := len(checks) - len(own):
        own.insert(
            0, ngettext("%(number)s rule of axe-core", "%(number)s rules of axe-core", rules) % {"number": rules}
        )
    return _(", ").join(own)


def day(iso):
    """Put a day of the record (2026-11-22) into words."""
    return date_format(date.fromisoformat(iso), _("j F Y"))


def period(recorded):
    """Put the days of a test into words: one day, or the first and the last."""
    first, last = day(recorded["started"]), day(recorded["finished"])
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}

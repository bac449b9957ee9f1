"""The results that `make a11y` records in results.json beside this file, in words for the page."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruit_site.web.accessibility.criteria import Criterion

RECORD = Path(__file__).with_name("results.json")

#: The checks of this project. All other checks are rules of axe-core.
OWN_CHECKS = {
    "walk": gettext_lazy("a keyboard walk-through"),
    "reflow": gettext_lazy("the width on a narrow screen"),
    "enlarged": gettext_lazy("the width with large text"),
    "markup": gettext_lazy("the validity of the HTML"),
}


class CriterionRow(NamedTuple):
    """A row of the page's tables, in words: a criterion, whether it applies, the results (sentences), the checks."""

    criterion: Criterion
    applies: str
    result: list
    checks: str


def record():
    """Return the recorded test as a dict, None where there is no record."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else None


def rows(criteria, found):
    """Return a CriterionRow for each criterion. `found` is {number: {checks, pages, absent}} from the record."""
    return [row(criterion, **found.get(criterion.number, {})) for criterion in criteria]


def row(criterion, absent=False, checks=(), pages=()):
    """Return the CriterionRow of a criterion.

    `absent`: no page has anything that the criterion is about. `checks`: the names of its checks. `pages`: the number
    of pages by their worst outcome, {"violations": …, "incomplete": …, "passes": …, "inapplicable": …}.
    """
    if absent:
        return CriterionRow(criterion, _("Not applicable"), [_("No page has anything of the kind.")], "")
    outcomes = in_words(dict(pages))
    if not outcomes:
        return CriterionRow(criterion, _("Not judged"), [_("A manual check is needed.")], "")
    return CriterionRow(criterion, _("Applicable"), [*outcomes, _("A manual check is needed too.")], named(checks))


def in_words(pages):
    """Return a sentence with the number of pages for each outcome, worst first; [] where no check applied."""
    phrases = []
    if number := pages.get("violations"):
        phrases.append((ngettext("Violations on %(number)s page.", "Violations on %(number)s pages.", number), number))
    if number := pages.get("incomplete"):
        phrases.append((ngettext("Undecided on %(number)s page.", "Undecided on %(number)s pages.", number), number))
    if number := pages.get("passes"):
        phrase = ngettext("No violation found on %(number)s page.", "No violation found on %(number)s pages.", number)
        phrases.append((phrase, number))
    return [phrase % {"number": number} for phrase, number in phrases]


def named(checks):
    """Return the number of axe-core rules and the names of this project's checks, as one text."""
    own = [str(label) for check, label in OWN_CHECKS.items() if check in checks]
    if rules := len(checks) - len(own):
        own.insert(
            0, ngettext("%(number)s rule of axe-core", "%(number)s rules of axe-core", rules) % {"number": rules}
        )
    return _(", ").join(own)


def day(iso):
    """Return an ISO date of the record (2026-11-22) in words."""
    return date_format(date.fromisoformat(iso), _("j F Y"))


def period(recorded):
    """Return the days of a test in words: one day, or the first and the last."""
    first, last = day(recorded["started"]), day(recorded["finished"])
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}

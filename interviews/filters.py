"""Filters of the interviews: by what the people are, do and belong to, and by when they joined."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from careers.models import Duty, Organisation, Profession
from interviews.models import Interview
from recruit_site.web.static_export import is_exported


class Facet(NamedTuple):
    """One thing to filter by: its name in the address, its label, where it stands on an interview."""

    name: str
    label: str
    lookup: str
    model: type | None = None


FACETS = (
    Facet("profession", _("Profession"), "person__profession__slug", Profession),
    Facet("duty", _("Duty"), "person__duty__slug", Duty),
    Facet("organisation", _("Organisation"), "person__organisation__slug", Organisation),
    Facet("year", _("Year of joining"), "person__joined_year"),
)


def combinations():
    """Return every combination of values that occurs among the live interviews, with the number of its interviews."""
    names = [facet.lookup for facet in FACETS]
    counted = Interview.objects.published().order_by().values_list(*names).annotate(number=Count("pk"))
    return [([str(value or "") for value in values], number) for *values, number in counted]


def rows_of(facet, values):
    """Return {value: row or None} of those values of a facet that may be shown."""
    if facet.model is None:
        return dict.fromkeys(sorted(values, reverse=True))
    return {row.slug: row for row in facet.model.objects.published().filter(slug__in=values)}


def count(combinations, chosen):
    """Return how many interviews fit the chosen values, and for each facet {value: how many would with it instead}."""
    total, instead = 0, [Counter() for _facet in FACETS]
    for values, number in combinations:
        others = [place for place, want in enumerate(chosen) if want not in ("", values[place])]
        if not others:
            total += number
        for place in others or range(len(FACETS)):
            if len(others) < 2:
                instead[place][values[place]] += number
    return total, instead


@dataclass
class Choice:
    """A facet as the reader sees it: [(value, row or None, number of interviews), …] and the chosen value."""

    facet: Facet
    options: list
    chosen: str


class InterviewFilter:
    """What a request asks of the interviews.

    `interviews` are those that fit, `total` is their number, `choices` what the form offers with numbers that mind the
    other filters (nothing that would leave none; in the static export everything, as its links filter by one thing
    alone), `unknown` the values asked for that no live interview has: they are ignored.
    """

    def __init__(self, request):
        self.in_files = is_exported(request)
        asked = [request.GET.get(facet.name, "").strip() for facet in FACETS]
        occurring = combinations()
        values_of = [
            rows_of(facet, {values[position] for values, _number in occurring} - {""})
            for position, facet in enumerate(FACETS)
        ]
        self.chosen = [value if value in values else "" for value, values in zip(asked, values_of, strict=True)]
        self.unknown = [value[:40] for value, kept in zip(asked, self.chosen, strict=True) if value and not kept]
        self.total, instead = count(occurring, self.chosen)
        self.choices = [
            Choice(
                facet,
                [
                    (value, row, instead[position][value])
                    for value, row in values_of[position].items()
                    if instead[position][value] or value == self.chosen[position] or self.in_files
                ],
                self.chosen[position],
            )
            for position, facet in enumerate(FACETS)
            if len(values_of[position]) > 1 or self.chosen[position]
        ]
        self.interviews = Interview.objects.published()
        for facet, value in zip(FACETS, self.chosen, strict=True):
            if value:
                self.interviews = self.interviews.filter(**{facet.lookup: value})

    @property
    def query(self):
        """The chosen values as the query of an address, "" where none is chosen.

        Also "" in the static export, which would have every interview once for each value.
        """
        if self.in_files:
            return ""
        chosen = {facet.name: value for facet, value in zip(FACETS, self.chosen, strict=True) if value}
        return f"?{urlencode(chosen)}" if chosen else ""

"""Filters of the interviews: by the person's profession, duty, organisation and year of joining."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from careers.models import Duty, Organisation, Profession
from interviews.models import Interview
from recruit_site.web.exported_requests import is_exported


class Facet(NamedTuple):
    """A property to filter by: its query parameter, its label, its lookup on Interview, and the model of its values."""

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
    """Return [(values, number of interviews), …]: each combination of the facets' values in the published interviews.

    The values are strings in the order of FACETS, "" where an interview has none.
    """
    names = [facet.lookup for facet in FACETS]
    counted = Interview.objects.published().order_by().values_list(*names).annotate(number=Count("pk"))
    return [([str(value or "") for value in values], number) for *values, number in counted]


def rows_of(facet, values):
    """Return {value: row, or None where the facet has no model} of the values whose rows are published."""
    if facet.model is None:
        return dict.fromkeys(sorted(values, reverse=True))
    return {row.slug: row for row in facet.model.objects.published().filter(slug__in=values)}


def count(combinations, chosen):
    """Return the number of interviews that fit the chosen values, and a Counter for each facet.

    A Counter says for each value of its facet how many interviews would fit if this value replaced the chosen one.
    `chosen` has a value for each facet, "" for any.
    """
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
    """A facet in the form: `options` are [(value, row or None, number of interviews), …], `chosen` is a value or ""."""

    facet: Facet
    options: list
    chosen: str


class InterviewFilter:
    """The filter that a request sets on the interviews.

    `interviews` is the queryset of the interviews that fit, `total` their number. `choices` are the Choices of the
    form; the number beside an option respects the other filters. Options that would leave no interview are left out,
    except in the static export, whose links filter by one facet alone. `unknown` are the requested values that no
    published interview has; they are ignored, and cut to 40 characters.
    """

    def __init__(self, request):
        self.in_files = is_exported(request)
        requested = [request.GET.get(facet.name, "").strip() for facet in FACETS]
        occurring = combinations()
        values_of = [
            rows_of(facet, {values[position] for values, _number in occurring} - {""})
            for position, facet in enumerate(FACETS)
        ]
        self.chosen = [value if value in values else "" for value, values in zip(requested, values_of, strict=True)]
        self.unknown = [value[:40] for value, used in zip(requested, self.chosen, strict=True) if value and not used]
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
        """The chosen values as a URL's query string with "?", "" where none is chosen.

        It is "" in the static export too, which would otherwise hold each interview once for each value.
        """
        if self.in_files:
            return ""
        chosen = {facet.name: value for facet, value in zip(FACETS, self.chosen, strict=True) if value}
        return f"?{urlencode(chosen)}" if chosen else ""

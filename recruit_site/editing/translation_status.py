"""Is the English up to date? A piece and each of its parts remember the Japanese that theirs was confirmed for."""

from collections import Counter
from typing import NamedTuple

from django.contrib import admin
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from recruit_site.content import snapshot
from recruit_site.content.diff import Change, label_of, words
from recruit_site.editing.models import TranslationStatus
from recruit_site.web.admin_page import list_address, visible_admins


def update(row, before, after, minor=False, confirm=False):
    """Bring the Translations of a piece up to date after it was written.

    `before` and `after` are snapshots, `before` None for a new piece. English that changed, or that someone
    confirms, is up to date with the Japanese of now. A minor change of the Japanese leaves an English that was
    up to date as it is; any other makes it out of date. With {part: fields} as `confirm` the English of those
    fields is up to date, and of no other because it changed.
    """
    model = type(row)
    gone = {translation.part: translation for translation in TranslationStatus.objects.of(row)}
    earlier = {part: told for part, _model, told in snapshot.texts_by_language(model, before)} if before else {}
    for part, _model, told in snapshot.texts_by_language(model, after):
        was, known = earlier.get(part), gone.pop(part, None)
        if known is None:
            known = TranslationStatus(model=model._meta.label_lower, slug=row.slug, part=part, confirmed=told["ja"])
        elif isinstance(confirm, dict):
            now = {field: told["ja"][field] for field in confirm.get(part, ()) if field in told["ja"]}
            known.confirmed = {field: text for field, text in known.confirmed.items() if field in told["ja"]} | now
        elif confirm or was is None or told["en"] != was["en"] or (minor and known.confirmed == was["ja"]):
            known.confirmed = told["ja"]
        if told["ja"].keys() - told["en"].keys():
            known.state = TranslationStatus.State.MISSING
        else:
            current = known.confirmed == told["ja"]
            known.state = TranslationStatus.State.CURRENT if current else TranslationStatus.State.OUTDATED
        known.save()
    TranslationStatus.objects.filter(pk__in=[known.pk for known in gone.values()]).delete()


def outdated(row, data):
    """Return the Changes of the Japanese of a piece since its English was confirmed."""
    model = type(row)
    stale = TranslationStatus.objects.of(row).filter(state=TranslationStatus.State.OUTDATED)
    confirmed = {translation.part: translation.confirmed for translation in stale}
    found = []
    for part, unit_model, told in snapshot.texts_by_language(model, data):
        then, now = confirmed.get(part, told["ja"]), told["ja"]
        for field in dict.fromkeys([*then, *now]):
            if then.get(field) != now.get(field):
                label = label_of(unit_model._meta.get_field(f"{field}_ja"))
                found.append(Change(label, "ja", words(then.get(field, ""), now.get(field, ""))))
    return found


class Progress(NamedTuple):
    """How far the English of a kind of content is: its name, the URL of its list, units by state."""

    name: str
    url: str
    counts: list

    @property
    def done(self):
        return dict(self.counts)[TranslationStatus.State.CURRENT]

    @property
    def total(self):
        return sum(number for _state, number in self.counts)

    @property
    def percent(self):
        """Whole percents, rounded down: 100 only when all is done."""
        return 100 * self.done // self.total


def progress(request):
    """Return the Progress of every kind of content that the user may see."""
    counted, found = matrix(), []
    for of in visible_admins(request):
        if states := counted.get(of.opts.label_lower):
            counts = [(state, states[state]) for state in TranslationStatus.State]
            found.append(Progress(of.opts.verbose_name_plural, list_address(of.model), counts))
    return found


def matrix():
    """Return {model label: Counter of states} over all units."""
    found = {}
    for label, state, number in TranslationStatus.objects.values_list("model", "state").annotate(
        number=models.Count("pk")
    ):
        found.setdefault(label, Counter())[state] = number
    return found


class TranslationFilter(admin.SimpleListFilter):
    """Narrows a list to the pieces of which some unit has a state."""

    title = _("English")
    parameter_name = "english"

    def lookups(self, request, model_admin):
        return TranslationStatus.State.choices

    def queryset(self, request, queryset):
        if self.value() not in TranslationStatus.State.values:
            return queryset
        rows = TranslationStatus.objects.filter(model=queryset.model._meta.label_lower, slug=OuterRef("slug"))
        worse = TranslationStatus.State.MISSING, TranslationStatus.State.OUTDATED
        if self.value() == TranslationStatus.State.CURRENT:
            return queryset.filter(~models.Exists(rows.filter(state__in=worse)))
        return queryset.filter(models.Exists(rows.filter(state=self.value())))

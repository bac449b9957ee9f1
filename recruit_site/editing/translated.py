"""Is the English up to date? A piece and each of its parts remember the Japanese that theirs was confirmed for."""

from collections import Counter
from typing import NamedTuple

from django.contrib import admin
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from recruit_site.editing import snapshot
from recruit_site.editing.compare import Change, label_of, words
from recruit_site.editing.page import list_address, visible_admins
from recruit_site.localised import translated_fields
from recruit_site.slugs import AboutPiece


class Translation(AboutPiece):
    """The state of the English of one unit: a piece ("" as `part`) or a part ("answers why")."""

    class State(models.TextChoices):
        MISSING = "missing", _("English missing")
        OUTDATED = "outdated", _("English out of date")
        CURRENT = "current", _("English up to date")

    part = models.CharField(_("part"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, db_index=True)
    confirmed = models.JSONField(default=dict, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug", "part"), name="translation_unique"),)
        verbose_name = _("translation")
        verbose_name_plural = _("translations")

    def __str__(self):
        return f"{self.model} {self.slug} {self.part}".strip()


def units(model, data):
    """Yield (part, model, texts by language) of a snapshot: the piece itself, then its parts."""
    for part, unit_model, unit in snapshot.units(model, data):
        yield part, unit_model, {code: texts(unit_model, unit, code) for code in ("ja", "en")}


def texts(model, data, language):
    return {
        field: data[f"{field}_{language}"]
        for field in translated_fields(model)
        if data.get(f"{field}_{language}") and field not in getattr(model, "of_each_language", ())
    }


def update(row, before, after, minor=False, confirm=False):
    """Bring the Translations of a piece up to date after it was written.

    `before` and `after` are snapshots, `before` None for a new piece. English that changed, or that someone
    confirms, is up to date with the Japanese of now. A minor change of the Japanese leaves an English that was
    up to date as it is; any other makes it out of date. With {part: fields} as `confirm` the English of those
    fields is up to date, and of no other because it changed.
    """
    model = type(row)
    gone = {translation.part: translation for translation in Translation.objects.of(row)}
    earlier = {part: told for part, _model, told in units(model, before)} if before else {}
    for part, _model, told in units(model, after):
        was, known = earlier.get(part), gone.pop(part, None)
        if known is None:
            known = Translation(model=model._meta.label_lower, slug=row.slug, part=part, confirmed=told["ja"])
        elif isinstance(confirm, dict):
            now = {field: told["ja"][field] for field in confirm.get(part, ()) if field in told["ja"]}
            known.confirmed = {field: text for field, text in known.confirmed.items() if field in told["ja"]} | now
        elif confirm or was is None or told["en"] != was["en"] or (minor and known.confirmed == was["ja"]):
            known.confirmed = told["ja"]
        if told["ja"].keys() - told["en"].keys():
            known.state = Translation.State.MISSING
        else:
            current = known.confirmed == told["ja"]
            known.state = Translation.State.CURRENT if current else Translation.State.OUTDATED
        known.save()
    Translation.objects.filter(pk__in=[known.pk for known in gone.values()]).delete()


def outdated(row, data):
    """Return the Changes of the Japanese of a piece since its English was confirmed."""
    model = type(row)
    stale = Translation.objects.of(row).filter(state=Translation.State.OUTDATED)
    confirmed = {translation.part: translation.confirmed for translation in stale}
    found = []
    for part, unit_model, told in units(model, data):
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
        return dict(self.counts)[Translation.State.CURRENT]

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
            counts = [(state, states[state]) for state in Translation.State]
            found.append(Progress(of.opts.verbose_name_plural, list_address(of.model), counts))
    return found


def matrix():
    """Return {model label: Counter of states} over all units."""
    found = {}
    for label, state, number in Translation.objects.values_list("model", "state").annotate(number=models.Count("pk")):
        found.setdefault(label, Counter())[state] = number
    return found


class TranslationFilter(admin.SimpleListFilter):
    """Narrows a list to the pieces of which some unit has a state."""

    title = _("English")
    parameter_name = "english"

    def lookups(self, request, model_admin):
        return Translation.State.choices

    def queryset(self, request, queryset):
        if self.value() not in Translation.State.values:
            return queryset
        rows = Translation.objects.filter(model=queryset.model._meta.label_lower, slug=OuterRef("slug"))
        worse = Translation.State.MISSING, Translation.State.OUTDATED
        if self.value() == Translation.State.CURRENT:
            return queryset.filter(~models.Exists(rows.filter(state__in=worse)))
        return queryset.filter(models.Exists(rows.filter(state=self.value())))

"""The status of the English of each piece and part. It stores the Japanese that the English was confirmed for."""

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


def update_status(row, before, after, minor=False, confirm=False):
    """Update the TranslationStatus rows of a piece after it was written.

    `before` and `after` are snapshots; `before` is None for a new piece. English that changed, or that someone
    confirms (`confirm`), is up to date with the present Japanese. A `minor` change of the Japanese keeps English up to
    date that was so before; any other change makes it out of date. If `confirm` is {part: fields}, only the English of
    these fields becomes up to date, and changed English in other fields does not.
    """
    model = type(row)
    statuses = {translation.part: translation for translation in TranslationStatus.objects.of(row)}
    earlier = {part: texts for part, _model, texts in snapshot.texts_by_language(model, before)} if before else {}
    for part, _model, texts in snapshot.texts_by_language(model, after):
        old, status = earlier.get(part), statuses.pop(part, None)
        if status is None:
            status = TranslationStatus(model=model._meta.label_lower, slug=row.slug, part=part, confirmed=texts["ja"])
        elif isinstance(confirm, dict):
            now = {field: texts["ja"][field] for field in confirm.get(part, ()) if field in texts["ja"]}
            status.confirmed = {field: text for field, text in status.confirmed.items() if field in texts["ja"]} | now
        elif confirm or old is None or texts["en"] != old["en"] or (minor and status.confirmed == old["ja"]):
            status.confirmed = texts["ja"]
        if texts["ja"].keys() - texts["en"].keys():
            status.state = TranslationStatus.State.MISSING
        else:
            current = status.confirmed == texts["ja"]
            status.state = TranslationStatus.State.CURRENT if current else TranslationStatus.State.OUTDATED
        status.save()
    TranslationStatus.objects.filter(pk__in=[status.pk for status in statuses.values()]).delete()


def outdated(row, data):
    """Return the Changes of a piece's Japanese since its English was confirmed."""
    model = type(row)
    stale = TranslationStatus.objects.of(row).filter(state=TranslationStatus.State.OUTDATED)
    confirmed = {translation.part: translation.confirmed for translation in stale}
    differences = []
    for part, unit_model, texts in snapshot.texts_by_language(model, data):
        then, now = confirmed.get(part, texts["ja"]), texts["ja"]
        for field in dict.fromkeys([*then, *now]):
            if then.get(field) != now.get(field):
                label = label_of(unit_model._meta.get_field(f"{field}_ja"))
                differences.append(Change(label, "ja", words(then.get(field, ""), now.get(field, ""))))
    return differences


class Progress(NamedTuple):
    """The progress of the English of a kind of content: name, URL of the list, and [(state, number of units), …]."""

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
        """The percentage as an integer, rounded down: 100 only if all units are up to date."""
        return 100 * self.done // self.total


def progress(request):
    """Return the Progress of every kind of content that the user may see."""
    counters, rows = counts_by_model_and_state(), []
    for model_admin in visible_admins(request):
        if states := counters.get(model_admin.opts.label_lower):
            counts = [(state, states[state]) for state in TranslationStatus.State]
            rows.append(Progress(model_admin.opts.verbose_name_plural, list_address(model_admin.model), counts))
    return rows


def counts_by_model_and_state():
    """Return {model label: Counter of units by state}."""
    counters = {}
    for label, state, number in TranslationStatus.objects.values_list("model", "state").annotate(
        number=models.Count("pk")
    ):
        counters.setdefault(label, Counter())[state] = number
    return counters


class TranslationFilter(admin.SimpleListFilter):
    """The changelist filter by the state of the English; “up to date” means that all units of a piece are."""

    title = _("English")
    parameter_name = "english"

    def lookups(self, request, model_admin):
        return TranslationStatus.State.choices

    def queryset(self, request, queryset):
        if self.value() not in TranslationStatus.State.values:
            return queryset
        rows = TranslationStatus.objects.filter(model=queryset.model._meta.label_lower, slug=OuterRef("slug"))
        not_current = TranslationStatus.State.MISSING, TranslationStatus.State.OUTDATED
        if self.value() == TranslationStatus.State.CURRENT:
            return queryset.filter(~models.Exists(rows.filter(state__in=not_current)))
        return queryset.filter(models.Exists(rows.filter(state=self.value())))

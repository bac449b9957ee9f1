"""The stored results of the editorial checks: lists and counts read them instead of checking again."""

from dataclasses import asdict

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit_site.content import snapshot
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.editorial_checks.registry import current_lexicon, findings, remarks
from recruit_site.web.admin_page import form_address

#: How many findings the warning after a save names.
NAMED = 3


def result_of(row):
    """Return the stored CheckResult of a row, or a new unsaved one."""
    return CheckResult.objects.of(row).first() or CheckResult(model=row._meta.label_lower, slug=row.slug)


def update_result(row, data, lexicon=None):
    """Check the snapshot `data` of a row that was just written, store the findings and return the CheckResult."""
    result = result_of(row)
    before = (result.findings, result.open, result.links)
    result.findings = [asdict(finding) for finding in findings(type(row), data, lexicon)]
    result.count()
    result.links = "](" in str(data)
    if (result.findings, result.open, result.links) != before:
        result.save()
    return result


def accept_findings(row, keys):
    """Store that findings of a piece, given by their keys, are right. This holds until the texts concerned change."""
    if keys:
        result = result_of(row)
        result.accepted = sorted({*result.accepted, *keys})
        result.count()
        result.save()


def check_all():
    """Check every piece of content again and return the CheckResults with open findings."""
    lexicon = current_lexicon()
    for row, data in snapshot.iter_snapshots():
        update_result(row, data, lexicon)
    return CheckResult.objects.filter(open__gt=0).order_by("model", "slug")


def accept_fixture_findings(rows):
    """Check rows loaded from the brochures and accept all findings: the tests know each of these findings."""
    lexicon = current_lexicon()
    for row in rows:
        result = update_result(row, snapshot.take_snapshot(row), lexicon)
        accept_findings(row, [finding["key"] for finding in result.findings])


def recheck_links():
    """Return the CheckResults with open findings.

    Pieces with links are checked again first: the targets of their links may be gone.
    """
    for result in CheckResult.objects.filter(links=True):
        if row := result.piece:
            update_result(row, snapshot.take_snapshot(row))
    return CheckResult.objects.filter(open__gt=0).order_by("model", "slug")


def open_remarks(row, data, accepted=()):
    """Return the Remarks about a snapshot of a piece, without the findings that someone accepted.

    `accepted` holds the keys of findings accepted in the submitted form, in addition to the stored keys.
    """
    accepted_keys = {*result_of(row).accepted, *accepted}
    return remarks(type(row), [finding for finding in findings(type(row), data) if finding.key not in accepted_keys])


def blocking(row, data):
    """Return whether a snapshot of a piece has a finding that stops publishing and that nobody accepted."""
    return any(remark.blocks for remark in open_remarks(row, data))


def warn_editor(request, row):
    """Warn an editor who saved a row about its open findings, with links to the fields."""
    remarks = result_of(row).remarks
    if not remarks:
        return
    form = form_address(row)
    intro = ngettext(
        "The checks found %(number)s place to look at:", "The checks found %(number)s places to look at:", len(remarks)
    )
    places = format_html_join(
        ", ",
        '<a href="{}#id_{}">{}: {}</a>',
        (
            (form, remark.finding.at, remark.label, Truncator(remark.finding.marked).chars(30))
            for remark in remarks[:NAMED]
        ),
    )
    message = format_html("{} {}{}", intro % {"number": len(remarks)}, places, " …" if len(remarks) > NAMED else "")
    messages.warning(request, message)


class CheckFilter(admin.SimpleListFilter):
    """The changelist filter for pieces with open findings, or without."""

    title = _("checks")
    parameter_name = "checks"

    def lookups(self, request, model_admin):
        return (("open", _("Something to look at")), ("none", _("Nothing found")))

    def queryset(self, request, queryset):
        if self.value() not in ("open", "none"):
            return queryset
        results = CheckResult.objects.filter(model=queryset.model._meta.label_lower, slug=OuterRef("slug"), open__gt=0)
        return queryset.filter(Exists(results) if self.value() == "open" else ~Exists(results))

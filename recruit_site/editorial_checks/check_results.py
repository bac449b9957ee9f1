"""What the checks found in every piece of content, kept, so that lists and counts need not check again."""

from dataclasses import asdict

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit_site.content import snapshot
from recruit_site.editorial_checks.checks import findings, lexicon_of_now, remarks
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.web.admin_page import form_address

#: How many findings a message names.
NAMED = 3


def of(row):
    """Return what is kept about a row, not stored yet where there is nothing."""
    return CheckResult.objects.of(row).first() or CheckResult(model=row._meta.label_lower, slug=row.slug)


def update(row, data, lexicon=None):
    """Check the snapshot of a row that was written, and keep what is found."""
    kept = of(row)
    before = (kept.findings, kept.open, kept.links)
    kept.findings = [asdict(finding) for finding in findings(type(row), data, lexicon)]
    kept.count()
    kept.links = "](" in str(data)
    if (kept.findings, kept.open, kept.links) != before:
        kept.save()
    return kept


def accept(row, keys):
    """Take findings of a piece as right, for as long as its texts there stay the same."""
    if keys:
        kept = of(row)
        kept.accepted = sorted({*kept.accepted, *keys})
        kept.count()
        kept.save()


def check_all():
    """Check every piece of content anew and return the CheckResult of those with open findings."""
    lexicon = lexicon_of_now()
    for row, data in snapshot.everything():
        update(row, data, lexicon)
    return CheckResult.objects.filter(open__gt=0).order_by("model", "slug")


def take_as_meant(rows):
    """Check rows of the brochures' content and accept what is found: the tests know each of these findings."""
    lexicon = lexicon_of_now()
    for row in rows:
        kept = update(row, snapshot.take(row), lexicon)
        accept(row, [finding["key"] for finding in kept.findings])


def current():
    """Return the CheckResult of all pieces with open findings, links followed anew: what they lead to may be gone since."""
    for kept in CheckResult.objects.filter(links=True):
        if row := kept.piece:
            update(row, snapshot.take(row))
    return CheckResult.objects.filter(open__gt=0).order_by("model", "slug")


def open_remarks(row, data, accepted=()):
    """Return the Remarks about a snapshot of a piece, without what was accepted of it or in this form."""
    known = {*of(row).accepted, *accepted}
    return remarks(type(row), [finding for finding in findings(type(row), data) if finding.key not in known])


def blocking(row, data):
    """Whether the checks found something in a snapshot of a piece that stops publishing, and nobody accepted it."""
    return any(remark.blocks for remark in open_remarks(row, data))


def tell(request, row):
    """Tell an editor who saved a row where the checks found something in it."""
    found = of(row).remarks
    if not found:
        return
    form = form_address(row)
    number = ngettext(
        "The checks found %(number)s place to look at:", "The checks found %(number)s places to look at:", len(found)
    )
    places = format_html_join(
        ", ",
        '<a href="{}#id_{}">{}: {}</a>',
        (
            (form, remark.finding.at, remark.label, Truncator(remark.finding.marked).chars(30))
            for remark in found[:NAMED]
        ),
    )
    words = format_html("{} {}{}", number % {"number": len(found)}, places, " …" if len(found) > NAMED else "")
    messages.warning(request, words)


class CheckFilter(admin.SimpleListFilter):
    """Narrows a list to the pieces in which the checks found something, or nothing."""

    title = _("checks")
    parameter_name = "checks"

    def lookups(self, request, model_admin):
        return (("open", _("Something to look at")), ("none", _("Nothing found")))

    def queryset(self, request, queryset):
        if self.value() not in ("open", "none"):
            return queryset
        kept = CheckResult.objects.filter(model=queryset.model._meta.label_lower, slug=OuterRef("slug"), open__gt=0)
        return queryset.filter(Exists(kept) if self.value() == "open" else ~Exists(kept))

"""The tasks on the admin's first page: their counts, and the filtered changelists that they link to."""

from datetime import timedelta

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from recruit_site.consent.models import Consent
from recruit_site.content.models import Publishable
from recruit_site.content.visibility import State
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.translation_status import progress
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.search.models import MissedSearch
from recruit_site.web.admin_page import form_address, list_address, visible_admins

#: How long before its last day a piece or a consent is listed.
SOON = timedelta(days=30)
LAST_CHANGES = 10
#: How many searches without results are listed.
MISSED = 5


class Task(models.TextChoices):
    REVIEW = "review", _("Waiting for approval")
    MINE = "mine", _("Your drafts and working copies")
    DRAFT = "draft", _("Drafts")
    COPY = "copy", _("Working copies")
    SCHEDULED = "scheduled", _("Scheduled")
    ENDING = "ending", _("Ends within 30 days")
    DUE = "due", _("To be read again as a whole")
    SILENT = "silent", _("Not in the documents: fill in when it is known")
    WITHHELD = "withheld", _("Off the site for want of consent")

    def rows(self, model, user):
        """Return the queryset of the pieces of a model to which this task applies."""
        pieces, label = model.objects, {"model": model._meta.label_lower}
        copies = WorkingCopy.objects.filter(**label)
        match self:
            case Task.REVIEW:
                sent = copies.filter(in_review=True).values("slug")
                return pieces.filter(Q(state=State.REVIEW) | Q(slug__in=sent))
            case Task.MINE:
                written = Revision.objects.filter(**label, author=user).values("slug")
                own = copies.filter(author=user).values("slug")
                return pieces.filter(Q(state=State.DRAFT, slug__in=written) | Q(slug__in=own))
            case Task.DRAFT:
                return pieces.filter(state=State.DRAFT)
            case Task.COPY:
                return pieces.filter(slug__in=copies.values("slug"))
            case Task.SCHEDULED:
                return pieces.scheduled()
            case Task.ENDING:
                return pieces.published().ending(SOON)
            case Task.DUE:
                return pieces.review_due()
            case Task.SILENT:
                return pieces.published().to_be_filled_in()
            case Task.WITHHELD:
                return pieces.withheld()


class TaskFilter(admin.SimpleListFilter):
    """The changelist filter for the pieces to which a task applies."""

    title = _("to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return Task.choices

    def queryset(self, request, queryset):
        if self.value() not in Task.values:
            return queryset
        return queryset.filter(pk__in=Task(self.value()).rows(queryset.model, request.user).values("pk"))


def dashboard_context(request):
    """Return the context of the admin's first page, limited to what the user may see."""
    visible = visible_admins(request)
    lines = {task: [] for task in Task}
    for model in (model_admin.model for model_admin in visible if issubclass(model_admin.model, Publishable)):
        counts = {
            task.value: Count("pk", filter=Q(pk__in=task.rows(model, request.user).values("pk"))) for task in Task
        }
        for name, number in model.objects.aggregate(**counts).items():
            if number:
                address = f"{list_address(model)}?todo={name}"
                lines[Task(name)].append((model._meta.verbose_name_plural, number, address))
    may_see = {model_admin.opts.label_lower for model_admin in visible}
    return {
        "tasks": [(task.label, links) for task, links in lines.items() if links],
        "english": [row for row in progress(request) if row.done < row.total],
        "remarks": CheckResult.objects.filter(model__in=may_see).aggregate(number=models.Sum("open"))["number"] or 0,
        "consents": Consent.objects.ending(SOON) if Consent._meta.label_lower in may_see else (),
        "missed": MissedSearch.objects.all()[:MISSED] if MissedSearch._meta.label_lower in may_see else (),
        "last": [(change, address_of(change)) for change in last_changes(may_see)],
    }


def last_changes(labels):
    return (
        Revision.objects.filter(model__in=labels)
        .exclude(event=Revision.Event.LOADED)
        .select_related("author")[:LAST_CHANGES]
    )


def address_of(revision):
    """Return the URL of the form of a revision's piece, or of the list of deleted pieces if the piece is gone."""
    row = revision.piece
    return form_address(row) if row else f"{list_address(revision.kind)}deleted/"

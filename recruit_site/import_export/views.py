"""The admin page of a sheet: export, dry run, import."""

from collections import Counter

from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View

from recruit_site.audit.log import record_event
from recruit_site.audit.models import AuditKind
from recruit_site.content.snapshot import SnapshotError
from recruit_site.import_export.forms import ExportForm, ImportForm
from recruit_site.import_export.import_plan import PlanOutcome, write
from recruit_site.spreadsheets import csv, xlsx
from recruit_site.spreadsheets.files import CONTENT_TYPES
from recruit_site.spreadsheets.tables import TableRow
from recruit_site.web.admin_page import admin_page

#: Seconds for which a dry run may be confirmed. Confirming plans the import again, with the content of that time.
DRY_RUN_SECONDS = 24 * 3600
#: The most characters of the rows in the form of a dry run, below DATA_UPLOAD_MAX_MEMORY_SIZE (2.5 MB).
LONGEST_FORM = 2_000_000


class SheetView(View):
    """The page of a sheet. `shape` makes the Sheet of a request. Nothing is written before a dry run is confirmed."""

    shape = None

    def dispatch(self, request, *args, **kwargs):
        self.sheet = self.shape(request)
        if not self.sheet.is_open:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page()

    def post(self, request):
        if "_export" in request.POST:
            return self.export(ExportForm(self.sheet, request.POST))
        if "_rows" in request.POST:
            return self.confirmed()
        form = ImportForm(self.sheet, request.POST, request.FILES)
        if form.is_valid():
            plan = self.sheet.plan(form.cleaned_data["file"])
            if len(self.signed(plan)) <= LONGEST_FORM:
                return self.dry_run(plan, form.warning)
            form.add_error("file", _("These are too many changes at once: split the file into several."))
        return self.page(form)

    def page(self, import_form=None):
        forms = {"export_form": ExportForm(self.sheet), "import_form": import_form or ImportForm(self.sheet)}
        return self.render("editing/sheet.html", self.sheet.label, **forms)

    def export(self, form):
        if not form.is_valid():
            return self.page()
        options, kind = form.cleaned_data, form.cleaned_data["form"]
        rows = list(self.sheet.rows(options["wanted"], options.get("kind", "")))
        name = f"{self.sheet.name}-{options['wanted']}-{timezone.localdate()}.{kind}"
        data = (
            xlsx.write(self.sheet.columns, rows, self.guide())
            if kind == "xlsx"
            else csv.write(self.sheet.columns, rows)
        )
        record_event(AuditKind.EXPORTED, detail=f"{name} {len(rows)}")
        headers = {"Content-Disposition": content_disposition_header(True, name)}
        return HttpResponse(data, content_type=CONTENT_TYPES[kind], headers=headers)

    def guide(self):
        """Return the lines of the guide in all languages."""
        lines = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                lines += [*self.sheet.guide(), ""]
        return lines

    def dry_run(self, plan, warning=""):
        return self.render(
            "editing/sheet_changes.html",
            _("What the file would change"),
            plan=plan,
            warning=warning,
            rows=self.signed(plan),
            may_publish=self.may_publish(plan),
            live=any(change.may_be_published for change in plan.changes),
        )

    def confirmed(self):
        """Write the changes that a dry run showed, all or none, if the content still fits."""
        try:
            stored = signing.loads(self.request.POST["_rows"], salt=self.salt, max_age=DRY_RUN_SECONDS)
            with transaction.atomic():
                plan = self.sheet.plan([TableRow(number, cells) for number, cells in stored])
                if plan.problems:
                    return self.dry_run(plan)
                publish = "_publish" in self.request.POST
                if publish and not self.may_publish(plan):
                    raise PermissionDenied
                written = write(plan, self.request.user, publish)
        except signing.BadSignature:
            messages.error(self.request, _("This check is too old or not yours: import the file again."))
        except SnapshotError as error:
            messages.error(self.request, _("Nothing was written, for one entry no longer fits: %s") % error)
        else:
            self.report(written)
        return HttpResponseRedirect(self.request.path)

    def report(self, written):
        """Log each written piece as its form does, and tell the user the result."""
        for outcome, row in written:
            model_admin = admin.site.get_model_admin(type(row))
            log = model_admin.log_addition if outcome == PlanOutcome.ADDED else model_admin.log_change
            log(self.request, row, _("From a spreadsheet"))
        counts = Counter(outcome for outcome, _row in written)
        summary = "、".join(f"{outcome.label} {counts[outcome]}" for outcome in PlanOutcome if counts[outcome])
        messages.success(self.request, _("Imported. Entries: %s") % (summary or _("nothing to change")))

    def may_publish(self, plan):
        """Return whether this user may publish the changes at once: never if someone else must approve (FOUR_EYES)."""
        return not settings.FOUR_EYES and all(
            admin.site.get_model_admin(change.model).has_publish_permission(self.request)
            for change in plan.changes
            if change.may_be_published
        )

    @property
    def salt(self):
        return f"sheet {self.sheet.name} {self.request.user.pk}"

    def signed(self, plan):
        return signing.dumps([(row.number, row.cells) for row in plan.rows], salt=self.salt, compress=True)

    def render(self, template, title, **context):
        return admin_page(self.request, template, title, sheet=self.sheet, **context)

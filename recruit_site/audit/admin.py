"""The audit log in the admin: a read-only changelist with filters, search and export."""

from datetime import timedelta
from typing import ClassVar

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.audit import export
from recruit_site.audit.log import record_event
from recruit_site.audit.models import AuditEntry, AuditKind
from recruit_site.spreadsheets.files import CONTENT_TYPES
from recruit_site.text.dates import midnight
from recruit_site.web.admin_page import list_address

USER = get_user_model()._meta.label_lower


class PeriodFilter(admin.ListFilter):
    """The filter for a range of days, the first and the last included."""

    title = gettext_lazy("time")
    template = "editing/period_filter.html"
    parameters = ("since", "until")

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.used_parameters = {name: params.pop(name)[-1] for name in self.parameters if name in params}

    def expected_parameters(self):
        return list(self.parameters)

    def has_output(self):
        return True

    def choices(self, changelist):
        others = [(name, value) for name, value in self.request.GET.items() if name not in (*self.parameters, "p")]
        yield {"others": others} | {name: self.used_parameters.get(name, "") for name in self.parameters}

    def queryset(self, request, entries):
        since, until = (day_of(self.used_parameters.get(name, "")) for name in self.parameters)
        if since:
            entries = entries.filter(at__gte=midnight(since))
        return entries.filter(at__lt=midnight(until + timedelta(days=1))) if until else entries


def day_of(text):
    """Return the date in a text ("2026-11-30"), None where it is no date or outside of the years 2000 to 2199."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2200 else None


class PersonFilter(admin.SimpleListFilter):
    """The filter for entries that a person caused or that concern their account, such as failed sign-ins."""

    title = gettext_lazy("person")
    parameter_name = "person"

    def lookups(self, request, model_admin):
        names = AuditEntry.objects.order_by("who").values_list("who", flat=True).distinct()
        return [(name, name) for name in names if name]

    def queryset(self, request, entries):
        name = self.value()
        return entries.filter(Q(who=name) | Q(model=USER, title=name)) if name else entries


class AuditAdmin(admin.ModelAdmin):
    class Media:
        css: ClassVar = {"all": ["editing/editing.css"]}

    change_list_template = "editing/audit_list.html"
    change_form_template = "editing/audit_entry.html"
    list_display = ("second", "kind", "who", "concerned", "briefly", "address")
    list_filter = (PeriodFilter, PersonFilter, "kind")
    search_fields = ("who", "title", "key", "address", "request", "detail")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    fields = ("id", "at", "kind", "who", "account", "address", "request", "model", "key", "title", "detail")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, entry=None):
        return False

    def has_delete_permission(self, request, entry=None):
        return False

    @admin.display(description=gettext_lazy("date and time"), ordering="-at")
    def second(self, entry):
        return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=gettext_lazy("what it concerns"))
    def concerned(self, entry):
        return " ".join(filter(None, (entry.title, f"({entry.model} {entry.key})" if entry.model else "")))

    @admin.display(description=gettext_lazy("details"))
    def briefly(self, entry):
        return Truncator(entry.detail).chars(80)

    def changelist_view(self, request, extra_context=None):
        """Replace Django's title "Select … to view": in this list nothing is selected."""
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural} | (extra_context or {}))

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="audit_auditentry_export"), *super().get_urls()]

    def export_view(self, request):
        """Return the filtered entries of the changelist as a file, and record this export as an entry."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = request.POST.get("form")
        if form not in CONTENT_TYPES:
            raise Http404("a file is made with POST")
        entries = self.get_changelist_instance(request).get_queryset(request)
        if form == "xlsx" and (number := entries.count()) > export.MOST_IN_XLSX:
            message = _("%(found)d entries are too many for Excel (%(most)d): choose a shorter time, or CSV.")
            messages.error(request, message % {"found": number, "most": export.MOST_IN_XLSX})
            return HttpResponseRedirect(f"{list_address(AuditEntry)}?{request.GET.urlencode()}")
        name = f"audit-{timezone.localdate()}.{form}"
        record_event(AuditKind.EXPORTED, detail=f"{name} {request.GET.urlencode()}".strip())
        data = export.write(form, entries)  # outside of a transaction, so that others can write meanwhile
        return HttpResponse(
            data,
            content_type=CONTENT_TYPES[form],
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )

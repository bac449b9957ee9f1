"""The admin page with all open findings of the checks, by kind of content."""

from itertools import groupby

from django.contrib import admin
from django.utils.translation import gettext as _

from recruit_site.editorial_checks.check_results import recheck_links
from recruit_site.web.admin_page import admin_page, form_address, list_address


def checks_view(request):
    kinds = []
    for model, results in groupby(recheck_links(), key=lambda result: result.kind):
        if admin.site.get_model_admin(model).has_view_or_change_permission(request):
            remarks = {result.slug: result.remarks for result in results}
            rows = model._default_manager.filter(slug__in=remarks)
            pieces = [(row, form_address(row), remarks[row.slug]) for row in rows]
            kinds.append((model._meta.verbose_name_plural, list_address(model), pieces))
    return admin_page(request, "editing/checks.html", _("What the checks found"), kinds=kinds)

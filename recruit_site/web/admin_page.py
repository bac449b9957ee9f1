"""Pages of this project inside the admin."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.template.response import TemplateResponse
from django.urls import reverse


def visible_admins(request):
    """Return the ModelAdmins of the models that the request's user may view, in the order of the apps."""
    admins = [admin.site.get_model_admin(model) for model in apps.get_models() if admin.site.is_registered(model)]
    return [model_admin for model_admin in admins if model_admin.has_view_or_change_permission(request)]


def form_address(row):
    """Return the address of a row's change form."""
    return reverse(admin_urlname(row._meta, "change"), args=(row.pk,))


def list_address(model):
    return reverse(admin_urlname(model._meta, "changelist"))


def admin_page(request, template, title, **context):
    """Return the response of a template that extends the admin's layout."""
    request.current_app = admin.site.name
    return TemplateResponse(request, template, admin.site.each_context(request) | {"title": title} | context)

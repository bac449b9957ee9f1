"""A page of our own inside the admin."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.template.response import TemplateResponse
from django.urls import reverse


def visible_admins(request):
    """Return the admins of the models that a user may see, in the order of the apps."""
    admins = [admin.site.get_model_admin(model) for model in apps.get_models() if admin.site.is_registered(model)]
    return [of for of in admins if of.has_view_or_change_permission(request)]


def form_address(row):
    """Return the address of the form of a row."""
    return reverse(admin_urlname(row._meta, "change"), args=(row.pk,))


def list_address(model):
    return reverse(admin_urlname(model._meta, "changelist"))


def admin_page(request, template, title, **context):
    """Return the response of a template in the admin's frame."""
    request.current_app = admin.site.name
    return TemplateResponse(request, template, admin.site.each_context(request) | {"title": title} | context)

"""A page of our own inside the admin."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.template.response import TemplateResponse
from django.urls import reverse


def form_address(row):
    """Return the address of the form of a row."""
    return reverse(admin_urlname(row._meta, "change"), args=(row.pk,))


def list_address(model):
    return reverse(admin_urlname(model._meta, "changelist"))


def admin_page(request, template, title, **context):
    """Return the response of a template in the admin's frame."""
    request.current_app = admin.site.name
    return TemplateResponse(request, template, admin.site.each_context(request) | {"title": title} | context)

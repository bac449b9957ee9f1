"""A page of our own inside the admin."""

from django.contrib import admin
from django.template.response import TemplateResponse


def admin_page(request, template, title, **context):
    """Return the response of a template in the admin's frame."""
    request.current_app = admin.site.name
    return TemplateResponse(request, template, admin.site.each_context(request) | {"title": title} | context)

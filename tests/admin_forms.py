"""Addresses and forms of the admin, for tests that send them without a browser."""

import re

from django.urls import reverse

from recruit_site.content.models import Source


def admin_url(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def publish(**fields):
    """Return the fields that publishing sends besides the form: a piece needs its source."""
    return {"_publish": "1", "source": str(Source.objects.first().pk)} | fields


def form_of(html):
    """Return the fields of a page's form as a browser would send them back."""
    data = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        if name and not (kind and kind[1] in {"checkbox", "submit"} and "checked" not in tag):
            data[name[1]] = value[1] if value else "on" if kind and kind[1] == "checkbox" else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        data[name] = body.removeprefix("\n")
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', body)
        data |= {name: chosen[1]} if chosen else {}
    return data

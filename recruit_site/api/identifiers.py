"""Addresses and names of the site's things, as programs elsewhere keep them."""

from urllib.parse import urlsplit

from django.conf import settings

from recruit_site.web.canonical_urls import absolute

HOST = urlsplit(settings.SITE_URL).hostname


def tag(name):
    """Return a name that is nobody else's and need lead nowhere: a tag URI (RFC 4151)."""
    return f"tag:{HOST},2026:{name}"


def name_of(piece):
    """Return the name of a piece for programs. It is made of its key: a slug may change, and names may not."""
    return f"{piece._meta.model_name}/{piece.pk}"


def to_subscribe(path):
    """Return the address of a calendar in the form that opens the reader's own one and stays up to date there."""
    return "webcal:" + absolute(path).partition(":")[2]

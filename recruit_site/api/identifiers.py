"""Names and addresses of the site's content that other programs store."""

from urllib.parse import urlsplit

from django.conf import settings

from recruit_site.web.canonical_urls import absolute

HOST = urlsplit(settings.SITE_URL).hostname


def tag_uri(name):
    """Return a globally unique name that need not resolve to anything: a tag URI (RFC 4151)."""
    return f"tag:{HOST},2026:{name}"


def name_of(piece):
    """Return the permanent name of a piece. It holds the primary key, because a slug may change."""
    return f"{piece._meta.model_name}/{piece.pk}"


def webcal_url(path):
    """Return the webcal: address of a calendar, by which the reader's calendar application subscribes to it."""
    return "webcal:" + absolute(path).partition(":")[2]

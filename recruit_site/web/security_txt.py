"""/.well-known/security.txt: the contacts for reports of vulnerabilities (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse

from recruit_site.web.canonical_urls import absolute

PATH = ".well-known/security.txt"
#: The time from today after which the file expires: under a year, as the RFC advises (2.5.5).
LASTS = timedelta(days=180)


def security_txt(request):
    """Return security.txt. Raise Http404 where the settings name no contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set")
    expires = datetime.combine(datetime.now(UTC).date() + LASTS, time(tzinfo=UTC))
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {absolute(request.path)}",
        *([f"Policy: {settings.SECURITY_POLICY}"] if settings.SECURITY_POLICY else []),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")

"""The address of the search: on this site, or for pages of the static export on a running site."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from recruit_site.web.exported_requests import is_exported


def search_address(request):
    """Return the address that searches are sent to in the active language; "" where there is no search."""
    if is_exported(request):
        return settings.LIVE_SEARCH_URL.replace("{language}", get_language())
    return reverse("search")

"""The site's own words, read once for each request at most."""

from recruit_site.content.models import SiteText
from recruit_site.content.translated_fields import Localised, localised


def live_site_texts(request):
    """Return the live SiteTexts by their slugs."""
    if not hasattr(request, "site_texts"):
        request.site_texts = {row.slug: row for row in SiteText.objects.published()}
    return request.site_texts


def site_text(request, slug):
    """Return a SiteText's text as Localised, empty where staff have taken it off the site."""
    row = live_site_texts(request).get(slug)
    return localised(row, "text") if row else Localised("", "")

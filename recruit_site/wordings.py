"""The site's own words, read once for each request at most."""

from recruit_site.localised import Localised, localised
from recruit_site.models import Wording


def live_wordings(request):
    """Return the live Wordings by their slugs."""
    if not hasattr(request, "wordings"):
        request.wordings = {row.slug: row for row in Wording.objects.published()}
    return request.wordings


def wording(request, slug):
    """Return a Wording's text as Localised, empty where staff have taken it off the site."""
    row = live_wordings(request).get(slug)
    return localised(row, "text") if row else Localised("", "")

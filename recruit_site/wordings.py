"""The site's own words, read once for each request."""

from recruit_site.localised import Localised, localised
from recruit_site.models import Wording


def wording(request, slug):
    """Return a Wording's text as Localised, empty where staff have taken it off the site."""
    if not hasattr(request, "wordings"):
        request.wordings = {row.slug: row for row in Wording.objects.published()}
    row = request.wordings.get(slug)
    return localised(row, "text") if row else Localised("", "")

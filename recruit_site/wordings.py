"""The site's own words, read once for each request at most."""

from recruit_site.delivery.kept import kept
from recruit_site.localised import Localised, localised
from recruit_site.models import Wording


@kept
def live_wordings():
    return {row.slug: row for row in Wording.objects.published()}


def wording(request, slug):
    """Return a Wording's text as Localised, empty where staff have taken it off the site."""
    if not hasattr(request, "wordings"):
        request.wordings = live_wordings()
    row = request.wordings.get(slug)
    return localised(row, "text") if row else Localised("", "")

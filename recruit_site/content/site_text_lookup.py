"""The texts of the site itself, read at most once for each request."""

from recruit_site.content.models import SiteText
from recruit_site.content.translated_fields import TranslatedText, translated_text


def live_site_texts(request):
    """Return {slug: SiteText} of the live SiteTexts."""
    if not hasattr(request, "site_texts"):
        request.site_texts = {row.slug: row for row in SiteText.objects.published()}
    return request.site_texts


def site_text(request, slug):
    """Return the text of a SiteText as TranslatedText, empty if the SiteText is not live."""
    row = live_site_texts(request).get(slug)
    return translated_text(row, "text") if row else TranslatedText("", "")

"""The addresses of pictures that are drawn, not stored."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from recruit_site.content.site_texts import site_text
from recruit_site.web.base_views import page_at
from recruit_site.web.error_pages import Moved
from recruit_site.web.share_pictures import logo
from recruit_site.web.share_pictures.share_picture import share_picture


def share(request, page):
    """The share picture of the page at this path, where the page is whole in the language of the address.

    Elsewhere there is none: a page that falls back to Japanese is shared with the Japanese picture.
    """
    language = get_language()
    try:
        shown = page_at(f"/{language}/{page}")
    except Moved as moved:
        return HttpResponsePermanentRedirect(f"{moved.url}share.png")
    if language not in shown["languages"]:
        raise Http404(f"no {language} page to share at {page}")
    png = share_picture(shown["title"], site_text(request, "site-name").text, language)
    return HttpResponse(png, content_type="image/png")


def favicon(request):
    """The icon that browsers ask for by themselves; those that know SVG take static/img/icon.svg."""
    return HttpResponse(logo.favicon(), content_type="image/x-icon")


def touch_icon(request):
    """The icon that phones ask for by themselves when a page goes to the home screen."""
    return HttpResponse(logo.touch_icon(), content_type="image/png")

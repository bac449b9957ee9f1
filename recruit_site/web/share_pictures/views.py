"""The views of pictures that are drawn on request, not stored: share pictures and icons."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from recruit_site.content.site_text_lookup import site_text
from recruit_site.web.base_views import page_at
from recruit_site.web.error_pages import Moved
from recruit_site.web.share_pictures import logo
from recruit_site.web.share_pictures.share_picture import share_picture


def share(request, page):
    """Return the share picture of the page at a path.

    Raise Http404 where the page is incomplete in the language of the address: a page that falls back to Japanese is
    shared with the Japanese picture.
    """
    language = get_language()
    try:
        context = page_at(f"/{language}/{page}")
    except Moved as moved:
        return HttpResponsePermanentRedirect(moved.address("share.png"))
    if language not in context["languages"]:
        raise Http404(f"no {language} page to share at {page}")
    png = share_picture(context["title"], site_text(request, "site-name").text, language)
    return HttpResponse(png, content_type="image/png")


def favicon(request):
    """Return the icon that browsers request by themselves. Browsers that support SVG use static/img/icon.svg."""
    return HttpResponse(logo.favicon(), content_type="image/x-icon")


def touch_icon(request):
    """Return the icon that phones request by themselves when a page is put on the home screen."""
    return HttpResponse(logo.touch_icon(), content_type="image/png")

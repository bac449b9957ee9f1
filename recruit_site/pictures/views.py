"""The addresses of pictures that are drawn, not stored."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from recruit_site.errors import Moved
from recruit_site.pictures import mark
from recruit_site.pictures.share import share_picture
from recruit_site.section_pages import page_at
from recruit_site.wordings import wording


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
    png = share_picture(shown["title"], wording(request, "site-name").text, language)
    return HttpResponse(png, content_type="image/png")


def favicon(request):
    """The icon that browsers ask for by themselves; those that know SVG take static/img/icon.svg."""
    return HttpResponse(mark.favicon(), content_type="image/x-icon")


def touch_icon(request):
    """The icon that phones ask for by themselves when a page goes to the home screen."""
    return HttpResponse(mark.touch_icon(), content_type="image/png")

"""sitemap.xml: every page in every language in which it is really published, with its pictures.

An index leads to one file for each kind of page (sitemaps.org/protocol.html).
"""

from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import Http404
from django.utils.translation import override

from recruit_site.addresses import ORIGINAL, absolute, alternates, in_language
from recruit_site.changed import last_change
from recruit_site.linked_data import addresses_of
from recruit_site.localised import languages_of
from recruit_site.pages import PAGES
from recruit_site.section_pages import page_at


class Entry(NamedTuple):
    """A page in one language."""

    path: str
    alternates: list
    changed_at: object
    pictures: list


def entries(path, shown, pictures):
    """Return the Entries of the page at a path, from the pieces that it shows and their pictures."""
    languages, changed_at = languages_of(*shown), last_change(*shown)
    links, files = alternates(path, languages), addresses_of(pictures)
    return [Entry(in_language(path, language), links, changed_at, files) for language in languages]


class SiteSitemap(Sitemap):
    """Made anew for each request, and in the original language whatever the browser asks for."""

    protocol = settings.SITE_URL.partition(":")[0]

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    @cached_property
    def entries(self):
        with override(ORIGINAL):
            return list(self.find())

    def items(self):
        return self.entries

    def location(self, entry):
        return entry.path

    def lastmod(self, entry):
        return entry.changed_at

    def get_latest_lastmod(self):
        return max((entry.changed_at for entry in self.entries if entry.changed_at), default=None)


class SectionSitemap(SiteSitemap):
    """The pages of `pages.py`. Their own views say whether they exist, and what they show."""

    def find(self):
        for page in (page for page in PAGES if page.indexed):
            try:
                context = page_at(page.url)
            except Http404:
                continue
            yield from entries(page.url, context["shown"], context["view"].pictures(context))


class PieceSitemap(SiteSitemap):
    """The pages of all live pieces of one kind, as the view of such a page fetches and shows them."""

    def __init__(self, view):
        self.view = view()

    def find(self):
        for piece in self.view.get_queryset():
            pictures = filter(None, [self.view.picture_of(piece)])
            yield from entries(piece.get_absolute_url(), self.view.shown_of(piece), pictures)


def index(request, **options):
    """Django's index, under the public address whatever host was asked."""
    response = views.index(request, **options)
    for file in response.context_data["sitemaps"]:
        file.location = absolute(urlsplit(file.location)._replace(scheme="", netloc="").geturl())
    return response

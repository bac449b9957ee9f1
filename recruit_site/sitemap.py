"""sitemap.xml: every page in every language in which it is really published."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import Http404

from recruit_site.localised import languages_of
from recruit_site.pages import PAGES, Page
from recruit_site.publishing import Publishable
from recruit_site.section_pages import page_at


class Entry(NamedTuple):
    """What has a page, and the languages of that page."""

    piece: Page | Publishable
    languages: list


class SiteSitemap(Sitemap):
    i18n = alternates = x_default = True
    protocol = settings.SITE_URL.partition(":")[0]

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    def get_languages_for_item(self, item):
        return item.languages


class SectionSitemap(SiteSitemap):
    """The pages of `pages.py`. Their own views say whether they exist, and in which languages."""

    def items(self):
        return [Entry(page, languages) for page in PAGES if (languages := self.languages_of_page(page))]

    @staticmethod
    def languages_of_page(page):
        try:
            return page_at(page.url)["languages"]
        except Http404:
            return []

    def location(self, item):
        return item.piece.url


class PieceSitemap(SiteSitemap):
    """The pages of all live pieces of one model, fetched with what their pages show of them."""

    def __init__(self, model, *shown_with):
        self.model, self.shown_with = model, shown_with

    def items(self):
        pieces = self.model.objects.published().with_published(*self.shown_with)
        return [Entry(piece, languages_of(piece)) for piece in pieces]

    def location(self, item):
        return item.piece.get_absolute_url()

    def lastmod(self, item):
        return item.piece.updated_at

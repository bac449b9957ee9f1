"""sitemap.xml: every page in every language in which it is really published."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from faq.models import Question
from interviews.models import Interview
from recruit_site.localised import languages_of
from recruit_site.models import Chapter
from recruit_site.pages import PAGES, Page
from recruit_site.publishing import Publishable


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
    def items(self):
        chapters = {}
        for chapter in Chapter.objects.published().with_published("passages"):
            chapters.setdefault(chapter.section, []).append(chapter)
        return [
            Entry(page, languages_of(*chapters.get(page.section, ())))
            for page in PAGES
            if page.section in chapters or not page.all_prose
        ]

    def location(self, item):
        return item.piece.url


class PieceSitemap(SiteSitemap):
    def __init__(self, queryset, *parts):
        self.queryset, self.parts = queryset, parts

    def items(self):
        pieces = self.queryset.published().with_published(*self.parts)
        return [Entry(piece, languages_of(piece)) for piece in pieces]

    def location(self, item):
        return item.piece.get_absolute_url()

    def lastmod(self, item):
        return item.piece.updated_at


SITEMAPS = {
    "pages": SectionSitemap,
    "interviews": PieceSitemap(Interview.objects, "answers"),
    "questions": PieceSitemap(Question.objects),
}

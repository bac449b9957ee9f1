"""sitemap.xml: every page in every language in which it is complete, with its pictures.

The index lists one file for each kind of page (sitemaps.org/protocol.html).
"""

from functools import cached_property, partial
from typing import NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, Q
from django.http import Http404
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import override

from recruit_site.content.navigation import PAGES
from recruit_site.content.translated_fields import languages_of
from recruit_site.web.base_views import page_at
from recruit_site.web.canonical_urls import ORIGINAL, absolute, alternates, in_language
from recruit_site.web.last_modified import last_change
from recruit_site.web.structured_data import addresses_of

#: The fields that say when readers see a piece change.
MOMENTS = ("updated_at", "publish_from")


class SitemapEntry(NamedTuple):
    """A page in one language."""

    path: str
    alternates: list
    changed_at: object
    pictures: list


def entries(path, texts, pictures):
    """Return a SitemapEntry for each language of the page at a path.

    `texts` are the rows whose texts the page shows, `pictures` its pictures as Shown.
    """
    languages, changed_at = languages_of(*texts), last_change(*texts)
    links, files = alternates(path, languages), addresses_of(pictures)
    return [SitemapEntry(in_language(path, language), links, changed_at, files) for language in languages]


def sitemaps():
    """Return the sitemaps by name: of the site's sections, and of each model whose pieces have a page of their own."""
    kinds = [model for model in apps.get_models() if getattr(model, "has_own_page", False)]
    pieces = {f"{model._meta.model_name}s": partial(PieceSitemap, model) for model in kinds}
    return {"pages": SectionSitemap} | pieces


class SiteSitemap(Sitemap):
    """A sitemap that is made in the original language, whichever language the browser asks for."""

    def entries_of(self, items):
        """Return the SitemapEntries of some of the `items()`."""
        raise NotImplementedError

    def get_urls(self, page=1, site=None, protocol=None):
        with override(ORIGINAL):
            rows = self.entries_of(self.paginator.page(page).object_list)
        self.latest_lastmod = max((entry.changed_at for entry in rows if entry.changed_at), default=None)
        return [{"item": entry, "location": absolute(entry.path), "lastmod": entry.changed_at} for entry in rows]


class SectionSitemap(SiteSitemap):
    """The pages of content/navigation.py. The view of a page says whether the page exists and what it shows."""

    @cached_property
    def entries(self):
        rows = []
        with override(ORIGINAL):
            for page in (page for page in PAGES if page.indexed):
                try:
                    context = page_at(page.url)
                except Http404:
                    continue
                rows += entries(page.url, context["texts"], context["view"].pictures(context))
        return rows

    def items(self):
        return self.entries

    def entries_of(self, items):
        return items

    def get_latest_lastmod(self):
        return max((entry.changed_at for entry in self.items() if entry.changed_at), default=None)


class PieceSitemap(SiteSitemap):
    """The pages of all live pieces of one model, with the queryset and the texts of their PieceView."""

    limit = 1000

    def __init__(self, model):
        name = f"{model._meta.app_label}:{model._meta.model_name}"
        self.view = resolve(reverse(name, args=("any",))).func.view_class()

    def items(self):
        return self.view.get_queryset().order_by("pk")

    def entries_of(self, items):
        return [
            entry
            for piece in items
            for entry in entries(
                piece.get_absolute_url(), self.view.rows_with_texts(piece), filter(None, [self.view.picture_of(piece)])
            )
        ]

    @property
    def paginator(self):
        paginator = super().paginator
        paginator.count, _changed_at = self.number_and_change
        return paginator

    @cached_property
    def number_and_change(self):
        return number_and_change(type(self.view))

    def get_latest_lastmod(self):
        return self.number_and_change[1]


def number_and_change(view):
    """Return (number of live pieces of a PieceView, when readers last saw one of their pages change, or None)."""
    pieces, now = view.pieces_with_page().order_by(), timezone.now()
    moments = [*MOMENTS, *(f"{path}__{name}" for path in view.related_paths for name in MOMENTS)]
    if hasattr(view.model, "picture"):
        moments.append("picture__updated_at")
    latest = pieces.aggregate(
        **{
            f"last_{place}": Max(moment, filter=Q(**{f"{moment}__lte": now}) if "publish" in moment else None)
            for place, moment in enumerate(moments)
        }
    )
    newest = max(filter(None, latest.values()), default=None)
    return pieces.count(), newest and newest.replace(microsecond=0)


def index(request, **options):
    """Return Django's sitemap index with the public addresses of its files, whichever host the request names."""
    response = views.index(request, **options)
    for file in response.context_data["sitemaps"]:
        file.location = absolute(urlsplit(file.location)._replace(scheme="", netloc="").geturl())
    return response

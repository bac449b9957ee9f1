"""Atom feeds (RFC 4287), one for each language."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.generic import View

from recruit_site.api.identifiers import name_of, tag_uri
from recruit_site.api.texts import printable, site_name
from recruit_site.content.navigation import BY_SECTION
from recruit_site.content.translated_fields import languages_of, rows_shown_with
from recruit_site.web.canonical_urls import absolute


class Atom(Atom1Feed):
    """Django's Atom feed with the whole text of each entry, and the same bytes for the same entries."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html", "xml:base": item["link"]})


class FeedView(View):
    """The pieces of a section that changed last, in the language of the address.

    As in the sitemap, the feed of a language holds only pieces that are complete in it, because readers read the text
    of an entry. An entry appears when its translation is complete.

    `template_name` renders the text of an entry with the context `piece`. `most` is the highest number of entries.
    """

    section = None
    template_name = None
    most = 50

    def get_queryset(self):
        """Return the published pieces with the related rows that their entries show."""
        raise NotImplementedError

    def latest(self):
        """Return the pieces that changed last, the latest first, at most `most`."""
        return self.get_queryset().order_by("-updated_at", "-pk")[: self.most]

    def template_of(self, piece):
        """Return the name of the template of a piece's entry."""
        return self.template_name

    def rows_with_texts(self, piece):
        """Return the rows whose texts the entry of a piece shows."""
        return rows_shown_with(piece)

    def title(self, piece):
        raise NotImplementedError

    def summary(self, piece):
        """Return the summary of a piece: one line of plain text."""
        raise NotImplementedError

    def get(self, request):
        language, page, name = get_language(), BY_SECTION[self.section], site_name(request)
        feed = Atom(
            title=f"{page.label} | {name}",
            link=absolute(page.url),
            description=None,
            language=language,
            author_name=name,
            feed_url=absolute(request.path),
            feed_guid=tag_uri(f"{language}/{self.section}"),
        )
        for piece in self.latest():
            if language in languages_of(*self.rows_with_texts(piece)):
                feed.add_item(**self.entry(piece, language))
        return HttpResponse(feed.writeString("utf-8"), content_type=Atom.content_type)

    def entry(self, piece, language):
        return {
            "title": printable(self.title(piece)),
            "link": absolute(piece.get_absolute_url()),
            "description": escape(printable(self.summary(piece))),
            "content": printable(render_to_string(self.template_of(piece), {"piece": piece})).strip(),
            "unique_id": tag_uri(f"{language}/{name_of(piece)}"),
            "pubdate": piece.publish_from,
            "updateddate": piece.updated_at,
        }

"""The base views of all pages: the place in the menu, the pieces shown, the languages in which a page is complete."""

from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.db.models import FETCH_RAISE
from django.http import Http404, HttpResponsePermanentRedirect
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import get_language, override
from django.views.generic import DetailView, TemplateView
from django.views.generic.base import ContextMixin

from recruit_site.content import slugs
from recruit_site.content.models import Chapter
from recruit_site.content.navigation import BY_SECTION
from recruit_site.content.related import with_related
from recruit_site.content.site_text_lookup import site_text
from recruit_site.content.translated_fields import languages_of, rows_shown_with, translated_text
from recruit_site.text.markdown import summary
from recruit_site.web import structured_data
from recruit_site.web.error_pages import Gone, Moved
from recruit_site.web.last_modified import last_change
from recruit_site.web.pagination import neighbours_of


def page_at(path):
    """Return the template context of the page at a path, in the active language, from the page's own view.

    The template is not rendered. Raise Http404 where no page is live, Moved where the page has a new address.
    """
    response = response_at(path, get_language())
    if isinstance(response, HttpResponsePermanentRedirect):
        raise Moved(response.url)
    if not hasattr(response, "context_data"):
        raise Http404(f"{path} is no page")
    return response.context_data


def response_at(path, language, banner=None):
    """Return the response of a path's view to a reader without an account, not rendered yet.

    `banner` is the preview whose banner the page shows. Raise Http404 where there is no page.
    """
    request = RequestFactory().get(path)
    request.user, request.LANGUAGE_CODE, request.preview = AnonymousUser(), language, banner
    with override(language):
        view, args, kwargs = resolve(path)
        return view(request, *args, **kwargs)


class SectionMixin(ContextMixin):
    """The base of every page; a page belongs to a section.

    A view passes `shown`, every piece of content that its page shows; the page's source note depends on them. Where the
    page also shows texts of other rows, such as parts and pictures, the view passes all rows as `texts`. On these
    depend `languages`, in which the page is complete (nothing falls back to Japanese), and `changed_at`.

    `title`, plain text, is for <title>, link previews on other sites and the share picture. `description`, one line, is
    for link previews and search engines.

    Context: `page` (its place in the menu), `title`, `description`, `shown`, `texts`, `languages`, `changed_at`.
    """

    section = None

    def get_context_data(self, shown=(), texts=None, **kwargs):
        shown = [piece for piece in shown if piece]
        texts = shown if texts is None else [row for row in texts if row]
        return super().get_context_data(
            page=BY_SECTION[self.section],
            shown=shown,
            texts=texts,
            languages=languages_of(*texts),
            changed_at=last_change(*texts),
            **kwargs,
        )

    def structured_data(self, context):
        """Return the page's structured data: its breadcrumb and the nodes that describe it."""
        name = site_text(self.request, "site-name").text
        return [
            *structured_data.breadcrumb(name, context["page"], self.request.path, context["title"]),
            *self.structured_data_nodes(context),
        ]

    def structured_data_nodes(self, context):
        """Return the structured_data nodes that describe the page. Subclasses return more specific nodes."""
        return [self.page_node("WebPage", context)]

    def page_node(self, kind, context, **properties):
        facts = {name: context[name] for name in ("title", "languages", "changed_at")}
        return structured_data.page(kind, self.request.path, **facts, **properties)

    def pictures(self, context):
        """Return the uploaded pictures on this page as Shown, each in the shape in which the page shows it."""
        return []


class SectionView(SectionMixin, TemplateView):
    """The page of a section: the chapter that opens it, its other chapters, and the pieces that the section lists.

    Context: `opening` (None where it is not live), `chapters`.
    """

    template_name = "section_page.html"

    def get_context_data(self, shown=(), texts=None, **kwargs):
        live = self.chapters_of_page()
        if BY_SECTION[self.section].all_prose and not live:
            raise Http404(f"no live chapter in section {self.section}")
        opening = next((chapter for chapter in live if chapter.opens_page), None)
        return super().get_context_data(
            shown=[*live, *shown],
            texts=[*chain.from_iterable(map(rows_shown_with, live)), *(shown if texts is None else texts)],
            title=translated_text(opening, "title").text if opening else str(BY_SECTION[self.section].label),
            description=summary(translated_text(opening, "lead").text) if opening else "",
            opening=opening,
            chapters=[chapter for chapter in live if chapter is not opening],
            **kwargs,
        )

    def chapters_of_page(self):
        """Return the live chapters of the section."""
        chapters = Chapter.objects.published().filter(section=self.section)
        return list(chapters.with_published("passages__scene", "picture", "scene", "source"))

    def pictures(self, context):
        opening = [context["opening"]] if context["opening"] else []
        return [chapter.shown_picture for chapter in (*opening, *context["chapters"]) if chapter.picture]


class PieceView(SectionMixin, DetailView):
    """The page of one piece of content.

    `get_queryset` must return `pieces_with_page` with their parts fetched. The sitemap calls it without a request.

    `file` is the last part of the address where the view returns a file beside the page.

    Context: `neighbours`, the neighbours of the piece in its list.
    """

    file = ""
    #: The field from which the description of the page is made.
    described_by = "text"
    #: The lookup paths from the piece to the other pieces that `pieces_shown` returns.
    related_paths = ()

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Moved as moved:
            url = moved.address(self.file, request.META.get("QUERY_STRING", ""))
            response = HttpResponsePermanentRedirect(url)
            response["Cache-Control"] = "no-cache"  # a slug may be changed back, and browsers cache a 301 for ever
            return response

    def get_object(self, queryset=None):
        """Return the live piece with this slug.

        Raise Moved where a live piece had the slug before or is shown on another page, Gone where a withdrawn piece has
        or had it, else Http404. Gone and Http404 do not reveal a new slug.
        """
        slug = self.kwargs["slug"]
        try:
            return self.get_queryset().fetch_mode(FETCH_RAISE).get(slug=slug)
        except self.model.DoesNotExist:
            heir = slugs.piece_with_former_slug(self.model, slug)
            present = self.model.objects.filter(slug=heir.slug if heir else slug)
            moved = present.published().first()
            if moved and moved.get_absolute_url() + self.file != self.request.path:
                raise Moved(moved.get_absolute_url()) from None
            if present.withdrawn().exists():
                raise Gone(slug) from None
            raise Http404(slug) from None

    @classmethod
    def pieces_with_page(cls):
        """Return the live pieces that have a page."""
        return cls.model.objects.published()

    @classmethod
    def siblings_of(cls, piece):
        """Return the live pieces of the list that holds a piece, in the order of the list."""
        return cls.pieces_with_page()

    def neighbours(self):
        """Return the Neighbours of the piece in its list."""
        return neighbours_of(self.siblings_of(self.object), self.object)

    def pieces_shown(self, piece):
        """Return every piece that the page of `piece` shows."""
        return [piece]

    def rows_with_texts(self, piece):
        """Return the rows whose texts the page of `piece` shows."""
        return [*chain.from_iterable(map(rows_shown_with, self.pieces_shown(piece)))]

    def picture_of(self, piece):
        """Return the picture on the page of `piece` as Shown, in the shape of the page; None without a picture."""
        picture = getattr(piece, "picture", None)
        return picture and picture.wide

    def pictures(self, context):
        return list(filter(None, [self.picture_of(context["object"])]))

    def description_of(self, piece):
        """Return the description of the page of `piece`: one line of plain text."""
        return summary(translated_text(piece, self.described_by).text)

    def get_context_data(self, **kwargs):
        if hasattr(self.object, "related_links"):
            with_related([self.object])
        return super().get_context_data(
            shown=self.pieces_shown(self.object),
            texts=self.rows_with_texts(self.object),
            title=translated_text(self.object, "title").text,
            description=self.description_of(self.object),
            neighbours=self.neighbours(),
            **kwargs,
        )

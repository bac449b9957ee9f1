"""What the views of all pages share: a place in the menu, the pieces shown, the languages they exist in."""

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
from recruit_site.content.translated_fields import languages_of, localised, with_parts
from recruit_site.text.markdown import summary
from recruit_site.web import structured_data
from recruit_site.web.error_pages import Gone, Moved
from recruit_site.web.last_modified import last_change
from recruit_site.web.pagination import walk_through


def page_at(path):
    """Return the context of the page at this path, in the active language, as its own view gives it.

    Nothing is rendered. Http404 where no page is live, Moved where it has a new address.
    """
    response = response_at(path, get_language())
    if isinstance(response, HttpResponsePermanentRedirect):
        raise Moved(response.url)
    if not hasattr(response, "context_data"):
        raise Http404(f"{path} is no page")
    return response.context_data


def response_at(path, language, banner=None):
    """Return what a reader without an account gets at a path, a page not rendered yet. Http404 where nothing is."""
    request = RequestFactory().get(path)
    request.user, request.LANGUAGE_CODE, request.preview = AnonymousUser(), language, banner
    with override(language):
        view, args, kwargs = resolve(path)
        return view(request, *args, **kwargs)


class SectionMixin(ContextMixin):
    """A page that belongs to a section.

    A view hands over `shown`, every piece of content that its page shows: from it follows the page's source note. It
    hands over `texts`, the rows whose texts stand there, where these are more than the pieces: their parts and
    pictures. From them follow the languages in which the page is really published, those in which nothing falls back
    to Japanese, and when it last changed.

    Its `title`, plain text, stands in <title>, beside links to the page elsewhere and on its share picture; its
    `description`, one line, stands there and in what search engines show.

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

    def linked_data(self, context):
        """Return what the page says to machines: the way to it, and what it is."""
        return [
            *structured_data.breadcrumb(context["page"], self.request.path, context["title"]),
            *self.described(context),
        ]

    def described(self, context):
        """Return the nodes of structured_data.py for what the page is; a view that knows more says so."""
        return [self.page_node("WebPage", context)]

    def page_node(self, kind, context, **properties):
        facts = {name: context[name] for name in ("title", "languages", "changed_at")}
        return structured_data.page(kind, self.request.path, **facts, **properties)

    def pictures(self, context):
        """Return the pictures that staff uploaded and this page shows, each in the shape in which it does."""
        return []


class SectionView(SectionMixin, TemplateView):
    """The page of a section: the chapter that opens it, the others, and what the section lists.

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
            texts=[*chain.from_iterable(map(with_parts, live)), *(shown if texts is None else texts)],
            title=localised(opening, "title").text if opening else str(BY_SECTION[self.section].label),
            description=summary(localised(opening, "lead").text) if opening else "",
            opening=opening,
            chapters=[chapter for chapter in live if chapter is not opening],
            **kwargs,
        )

    def chapters_of_page(self):
        """Return the live chapters of the section."""
        chapters = Chapter.objects.published().filter(section=self.section)
        return list(chapters.with_published("passages", "picture", "source"))

    def pictures(self, context):
        opening = [context["opening"]] if context["opening"] else []
        return [chapter.shown_picture for chapter in (*opening, *context["chapters"]) if chapter.picture]


class PieceView(SectionMixin, DetailView):
    """The page of one piece of content. `get_queryset` must be published and fetch the parts, whoever asks.

    `file` is the end of the address where this is a file beside the page.

    Context: `walk`, the way on through its siblings.
    """

    file = ""
    #: The text that the description of the page is made of.
    described_by = "text"
    #: The paths from the piece to what else `shown_of` returns.
    shown_along = ()

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Moved as moved:
            query = request.META.get("QUERY_STRING", "")
            url = moved.url + self.file
            response = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
            response["Cache-Control"] = "no-cache"  # a slug may be changed back, and browsers keep a 301 for ever
            return response

    def get_object(self, queryset=None):
        """Return the live piece of this slug, else say what became of it or of the piece that had it once.

        Where that one is not live either, the answer is its own and tells nothing of its new slug.
        """
        asked = self.kwargs["slug"]
        try:
            return self.get_queryset().fetch_mode(FETCH_RAISE).get(slug=asked)
        except self.model.DoesNotExist:
            heir = slugs.heir(self.model, asked)
            if heir and self.model.objects.published().filter(pk=heir.pk).exists():
                raise Moved(heir.get_absolute_url()) from None
            if self.model.objects.withdrawn().filter(slug=heir.slug if heir else asked).exists():
                raise Gone(asked) from None
            raise Http404(asked) from None

    @classmethod
    def siblings_of(cls, piece):
        """Return the live pieces of the list in which a piece stands, in its order."""
        return cls.model.objects.published()

    def walk(self):
        """Return the Walk through the list that readers come from."""
        return walk_through(self.siblings_of(self.object), self.object, "")

    def shown_of(self, piece):
        """Return every piece that the page of `piece` shows."""
        return [piece]

    def texts_of(self, piece):
        """Return the rows whose texts stand on the page of `piece`."""
        return [*chain.from_iterable(map(with_parts, self.shown_of(piece)))]

    def picture_of(self, piece):
        """Return the picture on the page of `piece` in the shape in which it stands there, None for none."""
        picture = getattr(piece, "picture", None)
        return picture and picture.wide

    def pictures(self, context):
        return list(filter(None, [self.picture_of(context["object"])]))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            shown=self.shown_of(self.object),
            texts=self.texts_of(self.object),
            title=localised(self.object, "title").text,
            description=summary(localised(self.object, self.described_by).text),
            walk=self.walk(),
            **kwargs,
        )

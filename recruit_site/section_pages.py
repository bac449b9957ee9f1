"""What the views of all pages share: a place in the menu, the pieces shown, the languages they exist in."""

from django.http import Http404
from django.views.generic import DetailView, TemplateView
from django.views.generic.base import ContextMixin

from recruit_site.localised import languages_of
from recruit_site.models import Chapter
from recruit_site.pages import BY_SECTION


class SectionMixin(ContextMixin):
    """A page that belongs to a section.

    A view hands over `shown`, every piece of content that its page shows. From it follow the page's source
    note and the languages in which it is really published: those in which nothing falls back to Japanese.

    Context: `page` (its place in the menu), `shown`, `languages`.
    """

    section = None

    def get_context_data(self, shown=(), **kwargs):
        shown = [piece for piece in shown if piece]
        return super().get_context_data(
            page=BY_SECTION[self.section], shown=shown, languages=languages_of(*shown), **kwargs
        )


class SectionView(SectionMixin, TemplateView):
    """The page of a section: the chapter that opens it, the others, and what the section lists.

    Context: `opening` (None where it is not live), `chapters`.
    """

    template_name = "section_page.html"

    def get_context_data(self, shown=(), **kwargs):
        live = list(Chapter.objects.published().filter(section=self.section).with_published("passages", "source"))
        if BY_SECTION[self.section].all_prose and not live:
            raise Http404(f"no live chapter in section {self.section}")
        opening = next((chapter for chapter in live if chapter.opens_page), None)
        return super().get_context_data(
            shown=[*live, *shown],
            opening=opening,
            chapters=[chapter for chapter in live if chapter is not opening],
            **kwargs,
        )


class PieceView(SectionMixin, DetailView):
    """The page of one piece of content. `get_queryset` must be published and fetch the parts."""

    def get_context_data(self, shown=(), **kwargs):
        return super().get_context_data(shown=[self.object, *shown], **kwargs)

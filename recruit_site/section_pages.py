"""What the views of all pages share: a place in the menu, chapters of prose, the languages they exist in."""

from django.http import Http404
from django.views.generic import DetailView, TemplateView
from django.views.generic.base import ContextMixin

from recruit_site.localised import languages_of
from recruit_site.models import Chapter
from recruit_site.pages import BY_SECTION


class SectionMixin(ContextMixin):
    """A page that belongs to a section.

    Context: `page` (its place in the menu) and `languages` (those in which it is really published).
    """

    section = None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"page": BY_SECTION[self.section], "languages": languages_of()} | kwargs)


class SectionView(SectionMixin, TemplateView):
    """The page of a section: the chapter that opens it, the others, and what the section lists.

    Context: `opening` (None where it is not live), `chapters`.
    """

    template_name = "section_page.html"

    def get_context_data(self, **kwargs):
        live = list(Chapter.objects.published().filter(section=self.section).with_published("passages", "source"))
        if BY_SECTION[self.section].all_prose and not live:
            raise Http404(f"no live chapter in section {self.section}")
        opening = next((chapter for chapter in live if chapter.opens_page), None)
        return super().get_context_data(
            opening=opening,
            chapters=[chapter for chapter in live if chapter is not opening],
            languages=languages_of(*live),
            **kwargs,
        )


class PieceView(SectionMixin, DetailView):
    """The page of one piece of content. `get_queryset` must be published and fetch the parts."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(languages=languages_of(self.object), **kwargs)

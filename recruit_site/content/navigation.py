"""The pages of the site in menu order: one list for the menu, breadcrumbs, chapters and the sitemap."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    """A page that exists once: the name of its section, the name of its view and its label in the menu.

    An `all_prose` page does not exist while none of its chapters is live. Search engines do not index a page that is
    not `indexed`. Search results of the same rank are ordered by the `search_weight` of their page: what applicants ask
    for most comes first, pages about the site itself have no weight and come last.
    """

    section: str
    view: str
    label: str
    in_menu: bool = True
    all_prose: bool = False
    indexed: bool = True
    search_weight: int = 0

    @property
    def url(self):
        return address(self.view, get_language())


@cache
def address(view, language):
    """Return the path of a view in a language. It is cached, because it never changes while the process runs."""
    with override(language):
        return reverse(view)


PAGES = (
    Page("home", "home", _("Home"), in_menu=False, search_weight=1),
    Page("mission", "careers:mission", _("Mission"), all_prose=True, search_weight=5),
    Page("work", "careers:work", _("Work"), all_prose=True, search_weight=5),
    Page("professions", "careers:professions", _("Professions"), in_menu=False, search_weight=6),
    Page("interviews", "interviews:interviews", _("People"), search_weight=6),
    Page("paths", "careers:paths", _("Careers"), search_weight=4),
    Page("days", "interviews:days", _("Days"), search_weight=5),
    Page("training", "careers:training", _("Training"), in_menu=False, search_weight=7),
    Page("places", "careers:places", _("Places"), in_menu=False, search_weight=4),
    Page("work-life", "careers:work_life", pgettext_lazy("menu", "Family"), search_weight=7),
    Page("faq", "faq:questions", _("Questions"), search_weight=9),
    Page("notices", "careers:notices", _("Notices and briefings"), in_menu=False, search_weight=8),
    Page("apply", "faq:apply", _("Apply"), search_weight=8),
    Page("features", "interviews:features", _("Features"), in_menu=False, search_weight=3),
    Page("glossary", "glossary", _("Glossary"), in_menu=False, search_weight=2),
    Page("search", "search", pgettext_lazy("page", "Search"), in_menu=False, indexed=False),
    Page("about", "about", _("About this site"), in_menu=False, all_prose=True),
    Page("sources", "sources", _("Sources"), in_menu=False),
    Page("accessibility", "accessibility", _("Accessibility policy"), in_menu=False, all_prose=True),
    Page("accessibility-test", "accessibility_test", _("Accessibility test results"), in_menu=False),
)
BY_SECTION = {page.section: page for page in PAGES}


def section_choices():
    """Return the choices of a `section` field. The field takes a callable, so that a new page needs no migration."""
    return [(page.section, page.label) for page in PAGES]

"""The pages of the site in menu order and in groups: one list for menu, breadcrumbs, chapters and the sitemap."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

#: The groups of the menu and of the list of all pages. A page links to the other pages of its group.
WORK, PEOPLE, JOINING, SITE = _("Work and careers"), _("People and life"), _("Joining the ministry"), _("This website")


@dataclass(frozen=True)
class Page:
    """A page that exists once: the name of its section, the name of its view, its label in the menu and its group.

    The header shows the pages `in_menu`; those that applicants come back for stand out there. An `all_prose` page does
    not exist while none of its chapters is live. Search engines do not index a page that is not `indexed`. Search
    results of the same rank are ordered by the `search_weight` of their page: what applicants ask for most comes first,
    pages about the site itself have no weight and come last.
    """

    section: str
    view: str
    label: str
    group: str
    in_menu: bool = True
    stands_out: bool = False
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
    Page("mission", "careers:mission", pgettext_lazy("menu", "Purpose"), WORK, all_prose=True, search_weight=5),
    Page("work", "careers:work", pgettext_lazy("menu", "Work"), WORK, all_prose=True, search_weight=5),
    Page("professions", "careers:professions", _("Professions"), WORK, in_menu=False, search_weight=6),
    Page("paths", "careers:paths", _("Career paths"), WORK, search_weight=4),
    Page("training", "careers:training", _("Training"), WORK, in_menu=False, search_weight=7),
    Page("places", "careers:places", _("Map of places"), WORK, in_menu=False, search_weight=4),
    Page("interviews", "interviews:interviews", _("Staff interviews"), PEOPLE, search_weight=6),
    Page("days", "interviews:days", pgettext_lazy("menu", "A day at work"), PEOPLE, search_weight=5),
    Page("work-life", "careers:work_life", _("Work and family"), PEOPLE, search_weight=7),
    Page("features", "interviews:features", _("Features"), PEOPLE, in_menu=False, search_weight=3),
    Page("faq", "faq:questions", _("FAQ"), JOINING, search_weight=9),
    Page("notices", "careers:notices", _("Notices and briefings"), JOINING, stands_out=True, search_weight=8),
    Page("apply", "faq:apply", _("How to apply"), JOINING, stands_out=True, search_weight=8),
    Page("home", "home", _("Home"), SITE, in_menu=False, search_weight=1),
    Page("search", "search", pgettext_lazy("page", "Search"), SITE, in_menu=False, indexed=False),
    Page("glossary", "glossary", _("Glossary"), SITE, in_menu=False, search_weight=2),
    Page("sources", "sources", _("Sources"), SITE, in_menu=False),
    Page("about", "about", _("About this site"), SITE, in_menu=False, all_prose=True),
    Page("accessibility", "accessibility", _("Accessibility policy"), SITE, in_menu=False, all_prose=True),
    Page("accessibility-test", "accessibility_test", _("Accessibility test results"), SITE, in_menu=False),
)
BY_SECTION = {page.section: page for page in PAGES}


def section_choices():
    """Return the choices of a `section` field. The field takes a callable, so that a new page needs no migration."""
    return [(page.section, page.label) for page in PAGES]

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
    not `indexed`.
    """

    section: str
    view: str
    label: str
    in_menu: bool = True
    all_prose: bool = False
    indexed: bool = True

    @property
    def url(self):
        return address(self.view, get_language())


@cache
def address(view, language):
    """Return the path of a view in a language. It is cached, because it never changes while the process runs."""
    with override(language):
        return reverse(view)


PAGES = (
    Page("home", "home", _("Home"), in_menu=False),
    Page("mission", "careers:mission", _("Mission"), all_prose=True),
    Page("work", "careers:work", _("Work"), all_prose=True),
    Page("professions", "careers:professions", _("Professions"), in_menu=False),
    Page("interviews", "interviews:interviews", _("People")),
    Page("paths", "careers:paths", _("Careers")),
    Page("days", "interviews:days", _("Days")),
    Page("training", "careers:training", _("Training"), in_menu=False),
    Page("places", "careers:places", _("Places"), in_menu=False),
    Page("work-life", "careers:work_life", pgettext_lazy("menu", "Family")),
    Page("faq", "faq:questions", _("Questions")),
    Page("notices", "careers:notices", _("Notices and briefings"), in_menu=False),
    Page("apply", "careers:apply", _("Apply")),
    Page("features", "interviews:features", _("Features"), in_menu=False),
    Page("glossary", "glossary", _("Glossary"), in_menu=False),
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

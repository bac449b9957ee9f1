"""Tags of the header, the menu and the footer. They are template built-ins: no {% load %} is needed."""

from django import template

from recruit_site.content import site_text_lookup
from recruit_site.content.navigation import PAGES
from recruit_site.web.search_url import search_address

register = template.Library()

#: The slugs of the site texts in the footer, by their names in its template.
FOOTNOTES = {"operator": "operator", "disclaimer": "disclaimer", "as_of": "as-of"}


@register.simple_tag(takes_context=True)
def menu(context):
    """Return the pages in the order of the menu, without the search page where there is no search."""
    return pages_shown(context.request)


def pages_shown(request):
    return [page for page in PAGES if page.section != "search" or search_address(request)]


@register.inclusion_tag("layout/menu.html", takes_context=True)
def main_menu(context, standing_out):
    """Render the list of the main pages, either those that stand out and the search or the others.

    The current page is marked; sign-in and error pages mark none.
    """
    pages = [page for page in PAGES if page.in_menu and page.stands_out == standing_out]
    return current_page(context) | {"pages": pages, "with_search": standing_out and search_address(context.request)}


@register.inclusion_tag("layout/all_pages.html", takes_context=True)
def all_pages(context):
    """Render the list of all pages in their groups, with the current page marked."""
    return current_page(context) | {"pages": pages_shown(context.request)}


def current_page(context):
    """Return the page that the reader is on (None on sign-in and error pages), and whether it is not one below it."""
    page = context.get("page")
    return {"page": page, "here": page is not None and page.url == context.request.path}


@register.inclusion_tag("components/group_links.html", takes_context=True)
def group_links(context, page):
    """Render the links from a section's page to the other pages of its group: {% group_links page %}."""
    others = [other for other in pages_shown(context.request) if other.group == page.group and other != page]
    return {"group": page.group, "pages": others}


@register.inclusion_tag("layout/footer.html", takes_context=True)
def footer(context):
    """Render the foot of the page: all pages, who runs the site, the disclaimer, the date of the content."""
    live = site_text_lookup.live_site_texts(context.request)
    notes = {name: live.get(slug) for name, slug in FOOTNOTES.items()}
    return current_page(context) | {"pages": pages_shown(context.request)} | notes


@register.inclusion_tag("components/operator.html", takes_context=True)
def site_operator(context):
    """Render who runs the site and whom to tell about its faults, or that neither has been entered yet."""
    live = site_text_lookup.live_site_texts(context.request)
    return {"operator": live.get("operator"), "contact": live.get("operator-contact")}

"""The crawl of every address of the site that readers and programs can reach."""

from collections import deque

from django.conf import settings
from django.urls import LocalePrefixPattern, get_resolver, reverse
from django.utils.translation import override

from recruit_site.content.slugs import old_slugs
from recruit_site.operations.static_export.links import path_of, rewrite_links
from recruit_site.operations.static_export.pages import choice_page, moved_page
from recruit_site.operations.static_export.site import ExportedPath, ExportError, resolve_link
from recruit_site.web.base_views import PieceView
from recruit_site.web.canonical_urls import in_language
from recruit_site.web.security_txt import PATH as SECURITY_TXT

#: The addresses that programs request without a link. They lead to all others: robots.txt names the sitemap, and the
#: sitemap the pages.
KNOWN = ("/", "/robots.txt", "/favicon.ico", "/apple-touch-icon.png")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def reachable(site, broken):
    """Yield an ExportedPath for each address along all links; add (address, linking page) of dead ones to `broken`."""
    start = [*KNOWN, *([f"/{SECURITY_TXT}"] if settings.SECURITY_CONTACT else [])]
    linked_on, dead = dict.fromkeys([*start, *old_addresses()]), []
    queue = deque(linked_on)
    while queue:
        address = queue.popleft()
        page, targets = visit(site, address)
        if page:
            yield page
        elif address in start:
            raise ExportError(f"The site has no {address}. Does ALLOWED_HOSTS name the host of SITE_URL?")
        if page is None or page.status == 410:
            dead.append(address)
        for target in targets:
            if target not in linked_on:
                queue.append(target)
            linked_on[target] = linked_on.get(target) or address
    broken += [(address, linked_on[address]) for address in dead if linked_on[address]]


def visit(site, address):
    """Return the ExportedPath of an address (None where it has no page) and the addresses that it links or leads to.

    Raise ExportError where the site answers with a status of 500 or more.
    """
    answer, path = site.ask(address), path_of(address)
    target = answer.target and resolve_link(answer.target, address)
    if answer.status == 200:
        body, targets = rewrite_links(answer, address)
        return ExportedPath(path, 200, answer.headers, body), targets
    if answer.status == 410:
        return ExportedPath(path, 410, rule={"file": "410.html"}), []
    if answer.status == 301 and target:
        place = path_of(target)
        page = moved_page(place) if path.endswith("/") else None
        return ExportedPath(path, 301, answer.headers, page, {"to": place}), [target]
    if answer.status == 302 and answer.varies and target:
        places = {code: in_language(target, code) for code in LANGUAGES}
        page = choice_page(site, places) if path.endswith("/") else None
        headers = answer.headers | {"Content-Language": ", ".join(places)}
        return ExportedPath(path, 302, headers, page, {"by_language": places}), places.values()
    if answer.status >= 500:
        raise ExportError(f"{address} answers {answer.status}. The last export is as it was.")
    return None, []


def old_addresses():
    """Yield the addresses of old slugs and of withdrawn pieces; their views answer with a redirect or with 410."""
    half = next(part for part in get_resolver().url_patterns if isinstance(part.pattern, LocalePrefixPattern))
    for name, view in named(half.url_patterns):
        if issubclass(view, PieceView):
            slugs = {
                *old_slugs(view.model).values_list("slug", flat=True),
                *view.model.objects.withdrawn().values_list("slug", flat=True),
            }
            for language in LANGUAGES:
                with override(language):
                    yield from (reverse(name, args=(slug,)) for slug in sorted(slugs))


def named(patterns, namespace=""):
    """Yield (name with namespace, view class) of every class-based view among URL patterns."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif hasattr(pattern.callback, "view_class"):
            yield namespace + pattern.name, pattern.callback.view_class

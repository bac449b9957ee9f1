"""The pages that only the export has, in place of redirects and errors that a server decides for each request."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _

from recruit_site.content.site_text_lookup import site_text
from recruit_site.operations.static_export.site import ExportedPath
from recruit_site.web.canonical_urls import absolute

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ERRORS = {
    404: (
        gettext_lazy("Page not found"),
        gettext_lazy("It may have been moved or withdrawn, or the address may be mistyped."),
    ),
    410: (gettext_lazy("This page has been withdrawn"), gettext_lazy("This page is no longer published.")),
}


def choice_page(site, places):
    """Return the page, as bytes, of an address without a language; it links to `places`, {language code: path}."""
    request, versions = site.request("/"), []
    for language, place in places.items():
        with override(language):
            name = site_text(request, "site-name").text
        versions.append(version(language, name, place, get_language_info(language)["name_local"]))
    return page(versions)


def moved_page(place):
    """Return the page, as bytes, of an old address; it leads to the new path `place`."""
    language = get_language_from_path(place) or settings.LANGUAGE_CODE
    with override(language):
        versions = [version(language, _("This page has a new address"), place, _("Go to the page"))]
    return page(versions, to=place, canonical=absolute(place))


def error_pages(site):
    """Yield the ExportedPath of the 404 page in each language, and of a page in all languages for each error."""
    for language in LANGUAGES:
        path = f"/{language}/404.html"
        answer = site.ask(path)
        yield ExportedPath(path, answer.status, answer.headers, answer.body)
    for status, (heading, sentence) in ERRORS.items():
        versions = []
        for language in LANGUAGES:
            with override(language):
                versions.append(version(language, str(heading), f"/{language}/", _("Home"), str(sentence)))
        headers = answer.headers | {"Content-Language": ", ".join(LANGUAGES)}
        yield ExportedPath(f"/{status}.html", status, headers, page(versions, status))


def version(language, heading, url, label, sentence=""):
    return {"language": language, "heading": heading, "sentence": sentence, "url": url, "label": label}


def page(versions, status="", to="", canonical=""):
    context = {"versions": versions, "status": status, "to": to, "canonical": canonical}
    return render_to_string("exported.html", context).encode()

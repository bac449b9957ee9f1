"""Filters and tags of every template (a template built-in: no {% load %} needed)."""

from django import template
from django.urls import translate_url
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from recruit_site.content import site_texts
from recruit_site.content.navigation import PAGES
from recruit_site.content.translated_fields import localised
from recruit_site.text.dates import era_year
from recruit_site.text.line_breaking import with_breaks
from recruit_site.text.markdown import rendered
from recruit_site.web import canonical_urls, moved_anchors, structured_data
from recruit_site.web.glossary import mark_terms
from recruit_site.web.search_url import search_address
from recruit_site.web.static_export import is_exported

register = template.Library()

#: What every page says of itself, by its name in the template.
FOOTNOTES = {"disclaimer": "disclaimer", "as_of": "as-of"}


@register.filter
def text(row, field):
    """{{ question|text:"title" }}: a translated field, marked with its language where it is not the page's."""
    return marked(localised(row, field))


def marked(found):
    if found.is_fallback:
        return format_html('<span lang="{}">{}</span>', found.language, found.text)
    return found.text


@register.filter
def stretches(found):
    """{{ result.name|stretches }}: a text that was searched, the hits in it marked."""
    words = (f"<mark>{escape(one.words)}</mark>" if one.hit else escape(one.words) for one in found)
    return mark_safe("".join(words))  # noqa: S308  (escaped word by word)


@register.filter
def phrases(text):
    """{{ _("Charts")|phrases }}: a heading of the interface, with places to break between Japanese phrases."""
    return with_breaks(str(text))


@register.filter
def heading(row, field):
    """{{ question|heading:"title" }}: as text, with places to break between Japanese phrases."""
    found = localised(row, field)
    if found.is_fallback:
        return format_html('<span lang="{}">{}</span>', found.language, with_breaks(found.text))
    return with_breaks(found.text)


@register.filter
def prose(row, field):
    """{{ question|prose:"text" }}: a translated field of small Markdown, as HTML."""
    found = localised(row, field)
    if not found.text:
        return ""
    html = mark_safe(rendered(found.text))  # noqa: S308  (raw HTML is off in the renderer)
    if found.is_fallback:
        return format_html(
            '<p class="note">{}</p><div lang="{}">{}</div>', _("Only in Japanese so far:"), found.language, html
        )
    return html


@register.filter
def falls_back(row, field):
    """Whether a translated field is shown in Japanese because the page's language has no text."""
    return localised(row, field).is_fallback


@register.filter
def plain(row, field):
    """{{ question|plain:"title" }}: a translated field as bare text, for <title> and attributes."""
    return localised(row, field).text


@register.filter
def foreign(row, field):
    """{{ picture|foreign:"alt" }}: the language of a translated field where it is not the page's, for `lang`."""
    found = localised(row, field)
    return found.language if found.is_fallback else ""


@register.filter
def fiscal_year(year):
    """A fiscal year: in Japanese with its era (2022年度（令和4年度）), in English alone."""
    if translation.get_language() != "ja":
        return str(year)
    era = era_year(year)
    return f"{year}年度（{era}年度）" if era else f"{year}年度"


@register.simple_tag(takes_context=True)
def site_text(context, slug, plain=False):
    """{% site_text "disclaimer" %}: a sentence of the site itself that staff may change."""
    found = site_texts.site_text(context.request, slug)  # the request is also there in an {% include … only %}
    return found.text if plain else marked(found)


class MarkTerms(template.Node):
    def __init__(self, nodes):
        self.nodes = nodes

    def render(self, context):
        return mark_terms(self.nodes.render(context))


@register.tag("mark_terms")
def mark_terms_tag(parser, token):
    """{% mark_terms %}…{% endmark_terms %}: link the first use of each glossary term in between."""
    nodes = parser.parse(("endmark_terms",))
    parser.delete_first_token()
    return MarkTerms(nodes)


@register.filter
def duration(minutes):
    """Minutes in words: 525 → 8時間45分, 8 h 45 min."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def locale(language):
    """A language as the Open Graph protocol writes it (ogp.me): with the country whose usage it follows."""
    return {"ja": "ja_JP", "en": "en_GB"}[language]


@register.simple_tag(takes_context=True)
def menu(context):
    """The pages in their order; without that of the search where there is none."""
    return pages_shown(bool(search_address(context.request)))


def pages_shown(with_search):
    return PAGES if with_search else [page for page in PAGES if page.section != "search"]


@register.simple_tag(takes_context=True)
def exported(context):
    """{% exported as in_files %}: whether this page becomes a file of the static export; links stand for its forms."""
    return is_exported(context.request)


@register.simple_tag(name="search_address", takes_context=True)
def search_address_tag(context):
    """{% search_address as address %}: where searches are asked, "" where there is no search."""
    return search_address(context.request)


@register.inclusion_tag("layout/menu.html", takes_context=True)
def main_menu(context):
    """{% main_menu %}: the list of the main pages, with the reader's marked; sign-in and errors have none."""
    page, with_search = context.get("page"), bool(search_address(context.request))
    here = page is not None and page.url == context.request.path
    return {"pages": pages_shown(with_search), "page": page, "here": here, "with_search": with_search}


@register.inclusion_tag("layout/footer.html", takes_context=True)
def footer(context):
    live = site_texts.live_site_texts(context.request)
    notes = {name: live.get(slug) for name, slug in FOOTNOTES.items()}
    return {"pages": pages_shown(bool(search_address(context.request)))} | notes


@register.inclusion_tag("components/source_note.html")
def source_note(shown):
    """{% source_note shown %}: the documents that the pieces of a page rest on, each once, and when it was reviewed.

    The day of a page is that of the piece whose review is longest ago; with one never reviewed it has none.
    """
    days = [piece.reviewed_on for piece in shown]
    places = {}
    for piece in shown:
        if piece.source_id:
            places.setdefault(piece.source, []).append(text(piece, "source_section"))
    sources = [(source, list(dict.fromkeys(filter(None, found)))) for source, found in places.items()]
    return {"sources": sources, "reviewed_on": min(days) if days and all(days) else None}


@register.inclusion_tag("components/preview_banner.html", takes_context=True)
def preview_banner(context):
    """Above a preview: that readers do not see this page, and the way to its other language."""
    return {"preview": getattr(context.request, "preview", None)}


@register.simple_tag(takes_context=True)
def in_language(context, language):
    """The address of this page in another language; that language's home where this page does not exist."""
    here = context.request.get_full_path()
    there = translate_url(here, language)
    return f"/{language}/" if there == here and translation.get_language() != language else there


@register.simple_tag(takes_context=True)
def canonical(context, language):
    """The full public address of this page in a language, without its query."""
    return canonical_urls.absolute(canonical_urls.in_language(context.request.path, language))


@register.simple_tag(takes_context=True)
def alternates(context, languages):
    """{% alternates languages as links %}: (hreflang, address) of this page in each language, and for all others."""
    return canonical_urls.alternates(context.request.path, languages)


@register.simple_tag(takes_context=True)
def linked_data_of_page(context):
    """What the view says of its page to machines; nothing on pages of errors."""
    view = context.get("view")
    return structured_data.script(view.linked_data(context)) if hasattr(view, "linked_data") else ""


@register.simple_tag(takes_context=True)
def old_anchors(context, piece, prefix=""):
    """{% old_anchors question %}: empty elements under the slugs that a piece had before, for links to them."""
    former = moved_anchors.old_anchors(context.request, piece)
    return format_html_join("", '<span id="{}{}"></span>', ((prefix, slug) for slug in former))

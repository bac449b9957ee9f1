"""Filters and tags for all templates. They are template built-ins: no {% load %} is needed."""

from django import template
from django.urls import translate_url
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from recruit_site.content import site_text_lookup
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.dates import era_year
from recruit_site.text.line_breaking import with_breaks
from recruit_site.text.markdown import plain_text, rendered
from recruit_site.web import canonical_urls, structured_data
from recruit_site.web import moved_anchors as former_anchors
from recruit_site.web.exported_requests import is_exported
from recruit_site.web.glossary import mark_terms
from recruit_site.web.search_url import search_address

register = template.Library()


@register.filter
def text(row, field):
    """Return a translated field, in a <span lang> where it falls back to Japanese: {{ question|text:"title" }}."""
    return marked(translated_text(row, field))


def marked(found):
    if found.is_fallback:
        return format_html('<span lang="{}">{}</span>', found.language, found.text)
    return found.text


@register.filter
def stretches(found):
    """Return a text of a search result with its hits in <mark>: {{ result.name|stretches }}."""
    words = (f"<mark>{escape(one.words)}</mark>" if one.hit else escape(one.words) for one in found)
    return mark_safe("".join(words))  # noqa: S308  (escaped word by word)


@register.filter
def markdown(row, field):
    """Return the HTML of a translated Markdown field: {{ question|markdown:"text" }}."""
    source = translated_text(row, field)
    if not source.text:
        return ""
    html = mark_safe(rendered(source.text))  # noqa: S308  (raw HTML is off in the renderer)
    if source.is_fallback:
        return format_html(
            '<p class="note">{}</p><div lang="{}">{}</div>', _("Only in Japanese so far:"), source.language, html
        )
    return html


@register.filter
def falls_back(row, field):
    """Return whether a translated field is shown in Japanese because the page's language has no text."""
    return translated_text(row, field).is_fallback


@register.filter
def plain(row, field):
    """Return a translated field as plain text, for <title> and attributes: {{ question|plain:"title" }}."""
    return translated_text(row, field).text


@register.filter
def line(row, field):
    """Return a translated Markdown field as one line of plain text, marked like `text`: {{ interview|line:"lead" }}."""
    found = translated_text(row, field)
    return marked(found._replace(text=plain_text(found.text, between=" ")))


@register.filter
def foreign(row, field):
    """Return a translated field's language where it falls back, else "", for `lang`: {{ picture|foreign:"alt" }}."""
    text = translated_text(row, field)
    return text.language if text.is_fallback else ""


@register.filter
def fiscal_year(year):
    """Return a fiscal year as text: in Japanese with its era (2022年度（令和4年度）), in English only the number."""
    if translation.get_language() != "ja":
        return str(year)
    era = era_year(year)
    return f"{year}年度（{era}年度）" if era else f"{year}年度"


@register.simple_tag(takes_context=True)
def site_text(context, slug, plain=False):
    """Return a site text, which staff may edit: {% site_text "disclaimer" %}."""
    site_text = site_text_lookup.site_text(
        context.request, slug
    )  # context.request exists in an {% include … only %}, too
    return site_text.text if plain else marked(site_text)


class MarkTerms(template.Node):
    def __init__(self, nodes):
        self.nodes = nodes

    def render(self, context):
        return mark_terms(self.nodes.render(context))


@register.tag("mark_terms")
def mark_terms_tag(parser, token):
    """Link the first use of each glossary term in a block: {% mark_terms %}…{% endmark_terms %}."""
    nodes = parser.parse(("endmark_terms",))
    parser.delete_first_token()
    return MarkTerms(nodes)


class BreakLines(template.Node):
    def __init__(self, nodes):
        self.nodes = nodes

    def render(self, context):
        return mark_safe(with_breaks(self.nodes.render(context)))  # noqa: S308  (only adds zero-width spaces)


@register.tag("break_lines")
def break_lines_tag(parser, token):
    """Let lines break between Japanese phrases, never inside one: {% break_lines %}…{% endbreak_lines %}."""
    nodes = parser.parse(("endbreak_lines",))
    parser.delete_first_token()
    return BreakLines(nodes)


@register.filter
def locale(language):
    """Return the Open Graph locale (ogp.me) of a language: with the country whose usage the site follows."""
    return {"ja": "ja_JP", "en": "en_GB"}[language]


@register.simple_tag(takes_context=True)
def exported(context):
    """Return whether this page becomes a file of the static export, without forms: {% exported as in_files %}."""
    return is_exported(context.request)


@register.simple_tag(name="search_address", takes_context=True)
def search_address_tag(context):
    """Return the address that searches are sent to, "" where there is no search: {% search_address as address %}."""
    return search_address(context.request)


@register.inclusion_tag("components/source_note.html")
def source_note(shown, places=True):
    """Render the source documents of the pieces on a page, each once, and the page's day of review.

    Without `places` the documents stand alone: for pages whose pieces name the places themselves.

    A page's day of review is the earliest of its pieces. A page with a piece that was never reviewed has no such day.
    Usage: {% source_note shown %}.
    """
    days = [piece.reviewed_on for piece in shown]
    named = [(source, found if places else []) for source, found in sources(shown)]
    return {"sources": named, "reviewed_on": min(days) if days and all(days) else None}


@register.filter
def sources(pieces):
    """Return (source document, the places in it) of pieces, each document once: {% for … in pieces|sources %}."""
    places = {}
    for piece in pieces:
        if piece.source_id:
            places.setdefault(piece.source, {}).update(dict.fromkeys(places_in_source(piece)))
    return [(source, list(found)) for source, found in places.items()]


def places_in_source(piece):
    """Return the places that a piece names in its source document, in the language of the page or marked as Japanese.

    Places that several pieces have in common, such as the same chapter, can be named once then.
    """
    found = translated_text(piece, "source_section")
    return [marked(found)] if found.is_fallback else filter(None, found.text.split(_(", ")))


@register.inclusion_tag("components/preview_banner.html", takes_context=True)
def preview_banner(context):
    """Render the banner above a preview: that readers do not see this page, and a link to its other language."""
    return {"preview": getattr(context.request, "preview", None)}


@register.simple_tag(takes_context=True)
def in_language(context, language):
    """Return the address of this page in another language, or that language's home where this page does not exist."""
    here = context.request.get_full_path()
    there = translate_url(here, language)
    return f"/{language}/" if there == here and translation.get_language() != language else there


@register.simple_tag(takes_context=True)
def canonical(context, language):
    """Return the absolute public URL of this page in a language, without its query."""
    return canonical_urls.absolute(canonical_urls.in_language(context.request.path, language))


@register.simple_tag(takes_context=True)
def alternates(context, languages):
    """Return (hreflang, URL) of this page in each language and for x-default: {% alternates languages as links %}."""
    return canonical_urls.alternates(context.request.path, languages)


@register.simple_tag(takes_context=True)
def structured_data_of_page(context):
    """Return the <script> element with the page's structured data; "" on error pages."""
    view = context.get("view")
    return structured_data.script(view.structured_data(context)) if hasattr(view, "structured_data") else ""


@register.simple_tag(takes_context=True)
def old_anchors(context, piece, prefix=""):
    """Return empty elements with a piece's former slugs as ids, so that old links work: {% old_anchors question %}."""
    former = former_anchors.old_anchors(context.request, piece)
    return format_html_join("", '<span id="{}{}"></span>', ((prefix, slug) for slug in former))


@register.simple_tag
def moved_anchors(section):
    """Return [(anchor, address), …] of what was on a section's page and is on another page now."""
    return former_anchors.moved_to_other_pages(section)

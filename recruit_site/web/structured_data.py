"""The structured data of pages: schema.org's vocabulary as JSON-LD (w3.org/TR/json-ld11).

Each function returns nodes for things that a page shows, in the active language. No node says more than its page,
except for the ministry's own address. No node names a publisher: the site is about the ministry, not by it.
"""

import json
from urllib.parse import urldefrag

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruit_site.content.translated_fields import translated_text
from recruit_site.text.markdown import plain_text
from recruit_site.web.canonical_urls import ORIGINAL, absolute, in_language

#: The ends of two @ids: of the site in one language, after the path of its home page, and of the ministry.
WEBSITE, MINISTRY = "#website", "/#ministry"

#: Escapes that keep a text from closing the <script> element, as in Django's json_script.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def script(nodes):
    """Return the <script> element for <head>. It holds data, so the Content Security Policy does not block it."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    data = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308  (escaped above)


def node(kind, at="", **properties):
    """Return a node of the type `kind`, without the properties that have no value. `at` is its @id."""
    properties = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind} | ({"@id": at} if at else {}) | properties


def name(row, field="title"):
    return translated_text(row, field).text


def words(row, field):
    """Return a translated Markdown field as plain text."""
    return plain_text(translated_text(row, field).text)


def moment(at):
    """Return a moment in ISO 8601 with Japan's UTC offset, None for None."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def website(path, title, languages, changed_at, search):
    """Return the site in the language of its home page. `search` is the path of the search, "" where there is none."""
    home = absolute(path)
    return work(
        "WebSite",
        f"{path}{WEBSITE}",
        title,
        languages,
        changed_at,
        url=home,
        about=node("GovernmentOrganization", absolute(MINISTRY)),
        potentialAction=node(
            "SearchAction",
            target=node("EntryPoint", urlTemplate=f"{absolute(search)}?q={{search_term_string}}"),
            **{"query-input": "required name=search_term_string"},
        )
        if search
        else None,
    )


def ministry():
    """Return the ministry that the site is about."""
    return node(
        "GovernmentOrganization",
        absolute(MINISTRY),
        name=_("Ministry of Foreign Affairs of Japan"),
        url="https://www.mofa.go.jp/",
    )


def breadcrumb(site, section, path, title):
    """Return the breadcrumb above a page's heading, in a list; [] on the home page, whose breadcrumb has one step.

    `site` is the name of the site, which leads to the home page.
    """
    home = reverse("home")
    steps = {home: site, section.url: str(section.label)} | ({} if path == section.url else {path: title})
    items = [
        node("ListItem", position=position, name=label, item=node("Thing", absolute(address)))
        for position, (address, label) in enumerate(steps.items(), start=1)
    ]
    return [node("BreadcrumbList", itemListElement=items)] if path != home else []


def page(kind, path, title, languages, changed_at, **properties):
    """Return a page, or its main content, as a part of the site. `kind` is a subtype of CreativeWork."""
    site = node("WebSite", absolute(f"{reverse('home')}{WEBSITE}"))
    return work(kind, path, title, languages, changed_at, isPartOf=site, **properties)


def work(kind, path, title, languages, changed_at, **properties):
    """Return a CreativeWork under its own address, with its languages.

    A page that falls back to Japanese is in two languages and is not a translation.
    """
    language = get_language()
    return node(
        kind,
        absolute(path),
        **{"headline" if kind == "Article" else "name": title},
        inLanguage=language if language in languages else [language, ORIGINAL],
        dateModified=moment(changed_at),
        **translations(kind, path, languages),
        **properties,
    )


def translations(kind, path, languages):
    """Return the property that links a work to its other language. The Japanese work is the original."""
    language = get_language()
    others = [node(kind, absolute(in_language(path, other))) for other in languages if other != language]
    if language not in languages or not others:
        return {}
    return {"workTranslation" if language == ORIGINAL else "translationOfWork": others[0]}


def sources(shown):
    """Return the source documents of the pieces on a page, each once."""
    documents = dict.fromkeys(piece.source for piece in shown if piece.source_id)
    return [node("CreativeWork", absolute(source.get_absolute_url()), name=name(source)) for source in documents]


def question(piece):
    """Return a question with its answer. Its @id is on its own page, whichever page shows it."""
    address = absolute(piece.get_absolute_url())
    answer = node("Answer", text=words(piece, "text"))
    return node("Question", f"{address}#question", name=name(piece), url=address, acceptedAnswer=answer)


def defined_term(term):
    """Return a glossary term with the words that it stands for and its explanation."""
    address = absolute(term.get_absolute_url())
    return node(
        "DefinedTerm",
        address,
        name=name(term),
        alternateName=term.stands_for,
        description=words(term, "text"),
        inDefinedTermSet=node("DefinedTermSet", urldefrag(address).url),
    )


def addresses_of(pictures):
    """Return the URLs of pictures' files. `pictures` are Shown: in the shapes in which a page shows them."""
    return [absolute(shown.src) for shown in pictures]

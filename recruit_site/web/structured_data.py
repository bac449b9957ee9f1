"""What pages say to machines: the vocabulary of schema.org, written as JSON-LD (w3.org/TR/json-ld11).

Each function makes one node of what a page shows, in the active language. None says more than its page, but for
the ministry's own address. Who publishes the site is left open: it is about the ministry and not by it.
"""

import json
from urllib.parse import urldefrag

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruit_site.content.translated_fields import localised
from recruit_site.text.markdown import plain_text
from recruit_site.web.canonical_urls import ORIGINAL, absolute, in_language

#: What names the site in one language, behind the address of its home page, and the ministry.
WEBSITE, MINISTRY = "#website", "/#ministry"

#: No text can end the element that it stands in, as in Django's json_script.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def script(nodes):
    """Return the element for <head>. It holds data, which the policy against inline code does not touch."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    data = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308  (escaped above)


def node(kind, at="", **properties):
    """Return a node of a kind, without the properties that have no value. `at` is the address that names it."""
    properties = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind} | ({"@id": at} if at else {}) | properties


def name(row, field="title"):
    return localised(row, field).text


def words(row, field):
    """Return a text of small Markdown as bare words."""
    return plain_text(localised(row, field).text)


def moment(at):
    """Return a moment in ISO 8601 with Japan's offset, None for None."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def website(path, title, languages, changed_at, search):
    """The site in the language of its home page, and how to search it, at the address `search`, where one can."""
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
    """The ministry that the site is about."""
    return node(
        "GovernmentOrganization",
        absolute(MINISTRY),
        name=_("Ministry of Foreign Affairs of Japan"),
        url="https://www.mofa.go.jp/",
    )


def breadcrumb(section, path, title):
    """The way to a page, as it stands above its heading; none on the home page, whose way has one step."""
    home = reverse("home")
    steps = {home: _("Home"), section.url: str(section.label)} | ({} if path == section.url else {path: title})
    items = [
        node("ListItem", position=position, name=label, item=node("Thing", absolute(address)))
        for position, (address, label) in enumerate(steps.items(), start=1)
    ]
    return [node("BreadcrumbList", itemListElement=items)] if path != home else []


def page(kind, path, title, languages, changed_at, **properties):
    """A page, or what it holds, as a part of the site. `kind` is a CreativeWork."""
    site = node("WebSite", absolute(f"{reverse('home')}{WEBSITE}"))
    return work(kind, path, title, languages, changed_at, isPartOf=site, **properties)


def work(kind, path, title, languages, changed_at, **properties):
    """A CreativeWork under its own address, with its languages.

    One that falls back to Japanese is in two languages and is the translation of nothing.
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
    """The links between the languages of a work: the Japanese one is the original."""
    language = get_language()
    others = [node(kind, absolute(in_language(path, other))) for other in languages if other != language]
    if language not in languages or not others:
        return {}
    return {"workTranslation" if language == ORIGINAL else "translationOfWork": others[0]}


def sources(shown):
    """The documents that the pieces of a page rest on, each once."""
    found = dict.fromkeys(piece.source for piece in shown if piece.source_id)
    return [node("CreativeWork", absolute(source.get_absolute_url()), name=name(source)) for source in found]


def question(piece):
    """A question and its answer. Its own page names it, wherever it stands."""
    address = absolute(piece.get_absolute_url())
    answer = node("Answer", text=words(piece, "text"))
    return node("Question", f"{address}#question", name=name(piece), url=address, acceptedAnswer=answer)


def defined_term(term):
    """A word of the glossary, with what it stands for and its explanation."""
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
    """The files of pictures as a page shows them."""
    return [absolute(shown.src) for shown in pictures]

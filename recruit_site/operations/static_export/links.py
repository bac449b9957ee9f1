"""The links in the site's responses, and the paths of their targets in the export.

A file server ignores query strings, so an address with a query gets a path of its own: /ja/paths/?with=a,b becomes
/ja/paths/with.a.b/. No piece of content has this path, because slugs have no dots.
"""

import re
from html import escape, unescape
from urllib.parse import unquote

from recruit_site.operations.static_export.site import HOST, resolve_link
from recruit_site.web.canonical_urls import absolute

#: The attributes with links, in the form in which the site's own templates write them.
ATTRIBUTE = re.compile(r'(?<=\s)(?P<name>href|src|srcset)="(?P<value>[^"]*)"')
CSS_URL = re.compile(r"""url\((?P<quote>["']?)(?P<value>.*?)(?P=quote)\)""")
#: An absolute URL of this site, in quotes or alone; not a template with a placeholder (…?q={searchTerms}).
FULL = re.compile(rf'(?<=["\s>])(?:https?|webcal)://{re.escape(HOST)}(?:/[^"\s<{{}}\\]*+)?(?=["\s<]|$)')


def path_of(address):
    """Return the path in the export of an address, which is a path with or without a query."""
    path, _mark, query = address.partition("?")
    if not query:
        return path
    name = re.sub(r"[^A-Za-z0-9-]+", ".", unquote(query)).strip(".")
    if path.endswith("/"):
        return f"{path}{name}/"
    start, dot, end = path.rpartition(".")
    return f"{start}.{name}{dot}{end}"


def file_of(path):
    """Return the name of the file for a path of the export."""
    return unquote(f"{path}index.html" if path.endswith("/") else path).removeprefix("/")


def rewrite_links(answer, address):
    """Return the body of a response with its links changed to paths of the export, and the addresses they lead to.

    `answer` is the SiteResponse of `address`.
    """
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    targets = []

    def led(link):
        target = resolve_link(link, address)
        if target is None or link.startswith("#"):
            return link
        targets.append(target)
        is_full = "://" in link
        if "?" not in target and (is_full or link.startswith("/")):
            return link
        place = path_of(target) + "".join(link.partition("#")[1:])
        return absolute(place) if is_full else place

    def attribute(match):
        value = unescape(match["value"])
        if match["name"] == "srcset":
            for candidate in value.split(","):
                led(candidate.split()[0])
            return match[0]
        return f'{match["name"]}="{escape(led(value))}"'

    for rules in re.findall(r'"(.*?)"', answer.headers.get("Speculation-Rules", "")):
        led(rules)
    if kind == "text/css":
        for match in CSS_URL.finditer(answer.body.decode()):
            led(match["value"])
    elif kind in {"text/html", "text/plain"} or kind.endswith(("xml", "json")):
        text = answer.body.decode()
        if kind == "text/html":
            text = ATTRIBUTE.sub(attribute, text)
        text = FULL.sub(lambda match: escape(led(unescape(match[0]))), text)
        return text.encode(), targets
    return answer.body, targets

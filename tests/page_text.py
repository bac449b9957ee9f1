"""Helpers that read pages and the sitemap from a test client."""

import re
from urllib.parse import urlsplit

from recruit_site.text.line_breaking import ZERO_WIDTH_SPACE


def read(response):
    """Return the HTML of a response without zero-width spaces, so that tests find Japanese texts in it."""
    return shown(response.content)


def shown(body):
    """Return the bytes of a page as text without zero-width spaces."""
    return body.decode().replace(ZERO_WIDTH_SPACE, "")


def read_sitemap(client):
    """Return the sitemap index and all sitemaps that it lists, as one text."""
    index = read(client.get("/sitemap.xml"))
    return "\n".join([index, *(read(client.get(urlsplit(file).path)) for file in locations(index))])


def listed(client):
    """Return the URL of every page that the sitemaps list."""
    return [address for address in locations(read_sitemap(client)) if not address.endswith(".xml")]


def locations(xml):
    return re.findall(r"<loc>(.*?)</loc>", xml)

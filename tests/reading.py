"""A page as its readers see it, and the sitemap as search engines do."""

import re
from urllib.parse import urlsplit

from recruit_site.text.line_breaking import ZERO_WIDTH_SPACE


def read(response):
    """Return the HTML of a response without the places to break, which a search for a title would stumble over."""
    return response.content.decode().replace(ZERO_WIDTH_SPACE, "")


def read_sitemap(client):
    """Return the index and all files that it leads to as one text."""
    index = read(client.get("/sitemap.xml"))
    return "\n".join([index, *(read(client.get(urlsplit(file).path)) for file in locations(index))])


def listed(client):
    """Return the address of every page that the sitemap lists."""
    return [address for address in locations(read_sitemap(client)) if not address.endswith(".xml")]


def locations(xml):
    return re.findall(r"<loc>(.*?)</loc>", xml)

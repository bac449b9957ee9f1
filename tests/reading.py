"""A page as its readers see it."""

from recruit_site.phrases import ZERO_WIDTH_SPACE


def read(response):
    """Return the HTML of a response without the places to break, which a search for a title would stumble over."""
    return response.content.decode().replace(ZERO_WIDTH_SPACE, "")

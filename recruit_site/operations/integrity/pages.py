"""What a running server sends, compared with what its database says now."""

import re
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from recruit_site.operations.static_export.site import Site, quietly

#: Seconds for which an answer is waited for.
PATIENCE = 30


class Running(Site):
    """The site as it runs, not as it is exported."""

    def request(self, address):
        request = super().request(address)
        request.exported = False
        return request


def bodies():
    """Yield (path, body) of the sitemap and of every page that it lists, made now as the server makes them."""
    with quietly():
        site = Running()
        index = site.ask("/sitemap.xml").body
        for file in listed(index):
            body = site.ask(file).body
            yield file, body
            for path in listed(body):
                yield path, site.ask(path).body


def listed(xml):
    return [urlsplit(address).path for address in re.findall(r"<loc>(.*?)</loc>", xml.decode())]


def differing(url):
    """Yield the pages of a running server, at an address like http://127.0.0.1:8000, that are not as they should be."""
    for path, body in bodies():
        try:
            with urlopen(f"{url.rstrip('/')}{path}", timeout=PATIENCE) as answer:  # noqa: S310  (an operator's own)
                if answer.read() != body:
                    yield f"{path} is another one than the content says"
        except HTTPError as error:
            yield f"{path} answers {error.code}"
        except OSError as error:
            yield f"{path} and what comes after it was not read, for {url} does not answer: {error}"
            return

"""The pages of a running server, compared with pages rendered now from its database."""

import re
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from recruit_site.operations.static_export.site import Site, silence_request_log

#: The timeout of a request, in seconds.
PATIENCE = 30


class RunningSite(Site):
    """The site with pages as the running server renders them, without the changes of the static export."""

    def request(self, address):
        request = super().request(address)
        request.exported = False
        return request


def bodies():
    """Yield (path, body) of the sitemap files and of every page that they list, rendered now in this process."""
    with silence_request_log():
        site = RunningSite()
        index = site.ask("/sitemap.xml").body
        for file in listed(index):
            body = site.ask(file).body
            yield file, body
            for path in listed(body):
                yield path, site.ask(path).body


def listed(xml):
    return [urlsplit(address).path for address in re.findall(r"<loc>(.*?)</loc>", xml.decode())]


def find_outdated_pages(url):
    """Yield a sentence for each page of the server at `url` (http://127.0.0.1:8000) that differs from the content."""
    for path, body in bodies():
        try:
            with urlopen(f"{url.rstrip('/')}{path}", timeout=PATIENCE) as answer:  # noqa: S310  (the operator gives it)
                if answer.read() != body:
                    yield f"{path} is another one than the content says"
        except HTTPError as error:
            yield f"{path} answers {error.code}"
        except OSError as error:
            yield f"{path} and what comes after it was not read, for {url} does not answer: {error}"
            return

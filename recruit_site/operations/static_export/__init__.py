"""The export of the whole public site as files that any web server, object store or CDN can serve.

The export crawls the site: it starts from the few addresses that programs request without a link, and follows every
link. So it contains every page that readers can reach, and no link in it leads to a missing file.
"""

from typing import NamedTuple

from recruit_site.operations.static_export.crawl import reachable
from recruit_site.operations.static_export.folder import Folder
from recruit_site.operations.static_export.pages import error_pages
from recruit_site.operations.static_export.site import ExportError, Site, silence_request_log
from recruit_site.page_cache.version import reader

#: How often the site is crawled before the export gives up, because content changed during each crawl.
ATTEMPTS = 5


class Report(NamedTuple):
    """The result of an export.

    `files` is the number of all files, `size` their bytes, `written` and `removed` the numbers of changed files, and
    `broken` holds (address, page that links to it) of each dead link.
    """

    files: int
    size: int
    written: int
    removed: int
    broken: list


def export(path):
    """Write the site into the folder at `path`, leave unchanged files as they are, and return a Report.

    The site is crawled again if content changed during the crawl, so that all pages show the same content version.
    Raise ExportError where the export cannot be made.
    """
    with Folder(path) as folder, silence_request_log():
        for _attempt in range(ATTEMPTS):
            before = reader.refresh()
            entries, broken = read(folder)
            if reader.refresh() == before:
                break
        else:
            raise ExportError(f"The content changed {ATTEMPTS} times while it was read. The last export is as it was.")
        size = sum(entry["bytes"] for entry in entries.values() if "bytes" in entry)
        written, removed = folder.publish(entries)
        return Report(len(folder.files), size, written, removed, broken)


def read(folder):
    """Crawl the site and stage its files in the folder; return the manifest's entries by path, and the dead links."""
    folder.begin()
    site, entries, broken = Site(), {}, []
    for page in reachable(site, broken):
        if page.path in entries:
            raise ExportError(f"Two addresses have one place: {page.path}")
        entries[page.path] = folder.keep(page)
    for page in error_pages(site):
        entries[page.path] = folder.keep(page)
    return entries, broken

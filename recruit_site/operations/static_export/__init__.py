"""The whole public site as files that any web server, object store or CDN can serve.

It is asked for as a crawler asks for it: from the few addresses that programs know by themselves along every link, so
that the export has what readers can reach, and nothing in it leads to a file that is not there.
"""

from typing import NamedTuple

from recruit_site.operations.static_export.crawl import reachable
from recruit_site.operations.static_export.folder import Folder
from recruit_site.operations.static_export.pages import error_pages
from recruit_site.operations.static_export.site import ExportError, Site, quietly
from recruit_site.page_cache.version import reader

#: How often the site is read anew because content changed meanwhile.
ATTEMPTS = 5


class Report(NamedTuple):
    """What an export did: numbers of files, their bytes, and (address, page that leads there) of each dead link."""

    files: int
    size: int
    written: int
    removed: int
    broken: list


def export(path):
    """Write the site into a folder, and leave what is the same as it is. ExportError where that cannot be done.

    What is read while content changes is read again, so that no page of the export is of another moment than the
    others.
    """
    with Folder(path) as folder, quietly():
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
    """Keep all of the site ready for the folder; return what the manifest says of each path, and the dead links."""
    folder.begin()
    site, entries, broken = Site(), {}, []
    for found in reachable(site, broken):
        if found.path in entries:
            raise ExportError(f"Two addresses have one place: {found.path}")
        entries[found.path] = folder.keep(found)
    for found in error_pages(site):
        entries[found.path] = folder.keep(found)
    return entries, broken

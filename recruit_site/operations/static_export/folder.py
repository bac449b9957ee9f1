"""The folder that an export is written into.

    site/           the files, as a server serves them
    manifest.json   an entry for each path; outside of site/, because it lists old addresses and is not public
    .new/           the staged files of a running export; deleted when the export ends

Each file is replaced by one rename, and the manifest is written last. The export changes and removes only files that
a manifest lists.
"""

import fcntl
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from recruit_site.operations.static_export.links import file_of
from recruit_site.operations.static_export.site import ExportError

#: The manifest, and the manifest of an export that is being published: if that is interrupted, the next export may
#: still remove the files that it lists.
MANIFEST, COMING = "manifest.json", ".manifest.json"
NEW = ".new"
FORMAT = 1
#: Headers that the manifest lists for each page and never as shared ones: they belong to one file or to its caching.
OF_ONE_FILE = {"Content-Type", "Content-Language", "Cache-Control"}


class Folder:
    """The folder of an export, a context manager that creates and locks it.

    Entering raises ExportError where another export holds the lock, or where the folder holds files without a manifest.
    """

    def __init__(self, path):
        self.root = Path(path)
        self.site, self.new = self.root / "site", self.root / NEW
        self.files = set()

    def __enter__(self):
        self.root.mkdir(parents=True, exist_ok=True)
        self.lock = os.open(self.root, os.O_RDONLY)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.ours = files_of(self.root / MANIFEST) | files_of(self.root / COMING)
            if not self.ours and set(os.listdir(self.root)) - {NEW}:
                raise ExportError(
                    f"{self.root} is not empty and holds no manifest of an export. Name an empty or a new folder, or "
                    "that of an earlier export."
                )
        except BlockingIOError:
            os.close(self.lock)
            raise ExportError(f"Another export is writing into {self.root}.") from None
        except BaseException:
            os.close(self.lock)
            raise
        return self

    def __exit__(self, *failure):
        shutil.rmtree(self.new, ignore_errors=True)
        os.close(self.lock)

    def begin(self):
        """Delete all staged files."""
        shutil.rmtree(self.new, ignore_errors=True)
        self.files.clear()

    def keep(self, found):
        """Stage the file of an ExportedPath if it differs from the one in the folder; return its manifest entry."""
        entry = {"status": found.status, **found.rule}
        if found.headers:
            entry["headers"] = found.headers
        if found.body is not None:
            name = file_of(found.path)
            self.files.add(name)
            self.keep_file(name, found.body)
            entry |= {"file": name, "bytes": len(found.body), "sha256": sha256(found.body).hexdigest()}
        return entry

    def keep_file(self, name, body):
        if ".." in Path(name).parts:
            raise ExportError(f"A page has an address that leads out of the folder: {name}")
        there = self.site / name
        if not there.is_file() or there.read_bytes() != body:
            new = self.new / name
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(body)

    def publish(self, entries):
        """Move the staged files into site/, pages after the files that they need, and remove files that are gone.

        Return the numbers of files written and removed.
        """
        coming = self.root / COMING
        coming.write_text(manifest(entries), encoding="utf-8")
        written = sorted(
            (file.relative_to(self.new) for file in self.new.rglob("*") if file.is_file()),
            key=lambda name: (name.suffix == ".html", name),
        )
        for name in written:
            place = self.site / name
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.new / name, place)
        removed = [self.site / name for name in self.ours - self.files]
        for file in removed:
            remove(file, self.site)
        os.replace(coming, self.root / MANIFEST)
        return len(written), len(removed)


def manifest(entries):
    """Return the manifest as JSON. Headers that all pages share are listed once, before the paths."""
    pages = [set(entry["headers"].items()) for entry in entries.values() if entry["status"] == 200 and is_page(entry)]
    common = set.intersection(*pages) if pages else ()
    shared = {name: value for name, value in sorted(common) if name not in OF_ONE_FILE}
    paths = {}
    for path, entry in sorted(entries.items()):
        own = {name: value for name, value in entry.get("headers", {}).items() if shared.get(name) != value}
        paths[path] = entry | ({"headers": own} if own else {})
    return json.dumps(
        {"format": FORMAT, "site": settings.SITE_URL, "headers": shared, "paths": paths}, indent=1, ensure_ascii=False
    )


def is_page(entry):
    return entry["headers"].get("Content-Type", "").startswith("text/html")


def files_of(manifest):
    """Return the names of the files in the manifest of an export; an empty set where it is missing or unreadable."""
    try:
        paths = json.loads(manifest.read_bytes())["paths"]
        return {entry["file"] for entry in paths.values() if "sha256" in entry}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return set()


def remove(file, root):
    """Delete a file, and its parent folders below `root` that become empty."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()

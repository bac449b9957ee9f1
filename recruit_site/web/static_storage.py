"""One file per component for us, one stylesheet for readers."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;')


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files, with the @imports of the entry stylesheet written out.

    A browser given the imports would fetch each file only after having read the first one.
    """

    manifest_strict = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and ENTRY in paths:
            whole = self.write_out(paths)
            self.delete(ENTRY)
            self._save(ENTRY, ContentFile(whole.encode()))
            paths = paths | {ENTRY: (self, ENTRY)}  # hash and compress the file written out, not its source
        yield from super().post_process(paths, dry_run=dry_run, **options)

    @staticmethod
    def write_out(paths):
        """Return the text of the entry stylesheet, each import replaced by its file in its layer."""

        def read(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        def imported(match):
            name = f"css/{match['name']}"
            if name not in paths:
                raise ValueError(f"{ENTRY} imports {match['name']}, which does not exist in static/css")
            text = read(name).strip()
            return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

        return IMPORT.sub(imported, read(ENTRY))

"""The storage of static files. The repository has one stylesheet per component, readers load one for all."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;')


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files; the @imports of the entry stylesheet are replaced by the imported files.

    With the @imports, a browser would fetch the imported files only after it has read the entry stylesheet.
    """

    manifest_strict = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and ENTRY in paths:
            stylesheet = self.write_out(paths)
            self.delete(ENTRY)
            self._save(ENTRY, ContentFile(stylesheet.encode()))
            paths = paths | {ENTRY: (self, ENTRY)}  # hash and compress the file written out, not its source
        yield from super().post_process(paths, dry_run=dry_run, **options)

    @staticmethod
    def write_out(paths):
        """Return the text of the entry stylesheet, each @import replaced by the imported file in its cascade layer.

        Raise ValueError where an imported file does not exist.
        """

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

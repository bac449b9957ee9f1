"""The XML files inside an XLSX file, read as a stream, with limits that a hostile file runs into."""

import io
import zipfile
import zlib
from contextlib import contextmanager
from xml.parsers import expat

from django.utils.translation import gettext as _

from recruit_site.sheets.tables import FileRefused

LARGEST_UNPACKED = 25 * 1024 * 1024
MOST_ELEMENTS = 500_000
LONGEST_TEXT = 100_000
CHUNK = 64 * 1024
#: After so many chunks in which nothing ended, one tag holds a mass of attributes.
MOST_SILENT_CHUNKS = 8


@contextmanager
def refusing_what_is_damaged():
    """Turn what a broken archive raises into FileRefused."""
    try:
        yield
    except FileRefused:
        raise
    except (
        zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, ValueError, NotImplementedError,
        RuntimeError,
    ) as error:  # fmt: skip
        raise FileRefused(_("This file is damaged, or no Excel file (.xlsx): %s") % error) from error


class Archive:
    """The parts of an XLSX file; all that are read count together towards the limits."""

    def __init__(self, data):
        with refusing_what_is_damaged():
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        if sum(part.file_size for part in self.zip.infolist()) > LARGEST_UNPACKED:
            raise FileRefused(_("Unpacked, this file is too large: split it into several."))
        if any(part.flag_bits & 1 for part in self.zip.infolist()):
            raise FileRefused(_("This file is protected by a password: save it without one."))
        self.elements = 0

    def __contains__(self, name):
        return name in self.zip.NameToInfo

    def events(self, name):
        """Yield ("start", tag, attributes) and ("end", tag, text) of a part; tags without their namespace."""
        found, words, length = [], [], 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def start(tag, attributes):
            nonlocal length
            self.elements += 1
            if self.elements > MOST_ELEMENTS:
                raise FileRefused(_("This file has too many cells: split it into several."))
            words.clear()
            length = 0
            found.append(("start", tag.rpartition(" ")[2], attributes))

        def end(tag):
            nonlocal length
            found.append(("end", tag.rpartition(" ")[2], "".join(words)))
            words.clear()
            length = 0

        def text(some):
            nonlocal length
            length += len(some)
            if length > LONGEST_TEXT:
                raise FileRefused(_("A text in this file is longer than a cell may be."))
            words.append(some)

        def doctype(*_names):
            raise FileRefused(_("This file declares XML entities, which no spreadsheet program does."))

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
        silent = 0
        with self.zip.open(name) as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
                silent = 0 if found or words else silent + 1
                if silent > MOST_SILENT_CHUNKS:
                    raise FileRefused(_("This file is damaged, or no Excel file (.xlsx): %s") % name)
                yield from found
                found.clear()
        parser.Parse(b"", True)
        yield from found

"""The storage of uploaded pictures in a folder of this machine."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.storage import FileSystemStorage

#: The prefix of a file name while the file is being written. A file left with this prefix is incomplete and unused.
UNFINISHED = ".new-"


class FolderStorage(FileSystemStorage):
    """A folder in which every file is complete and on the disk before its row is stored, even if the process is killed.

    Django's FileSystemStorage leaves half a file where the disk is full or the process is killed. As files are named by
    their content, half a rendition would be taken for a complete one ever after.
    """

    def _save(self, name, content):
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=UNFINISHED, delete=False) as file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fchmod(file.fileno(), self.file_permissions_mode)
                os.fsync(file.fileno())
                os.replace(file.name, place)
            except BaseException:
                os.unlink(file.name)
                raise
        for folder in (place.parent, place.parent.parent):
            sync(folder)
        return name


def sync(folder):
    """Wait until the entries of a folder are on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

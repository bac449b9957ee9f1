"""Checks of the files in the storage against the rows that name them."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from posixpath import basename, dirname

from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from recruit_site.media import renditions
from recruit_site.media.models import Picture
from recruit_site.operations.backup.media import describe_named_files, list_stored_files

#: The age at which a file without a row is deleted: a younger one may belong to a picture that is being saved.
LEFT_FOR = timedelta(days=1)


def pictures():
    """Yield the uploaded files that are missing or do not match their digest, and missing or damaged renditions."""
    files = set(list_stored_files())
    for name, who in describe_named_files().items():
        if name not in files:
            yield f"{name} is missing, which is named by {who}: take it from a backup"
        elif basename(dirname(name)) != digest(name):
            yield f"{name} is not what was uploaded, and is named by {who}: take it from a backup"
    for picture in Picture.objects.all():
        for rendition in all_of(picture):
            if rendition.name not in files:
                yield f"{rendition.name} is missing, which pages show of {picture.slug}"
            elif not is_whole(rendition):
                yield f"{rendition.name} is damaged, which pages show of {picture.slug}"


def all_of(picture):
    """Return the Renditions of a Picture in all shapes, sorted and without duplicates."""
    return sorted({one for shape in renditions.SHAPES for one in renditions.renditions_of(picture, shape)})


def digest(name):
    """Return the first 32 hexadecimal digits of a file's SHA-256: the name of the folder of an uploaded picture."""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def is_whole(rendition):
    with suppress(OSError, SyntaxError), default_storage.open(rendition.name) as file, Image.open(file) as image:
        image.load()
        return image.size == rendition.size
    return False


def mend_renditions():
    """Make missing and damaged renditions anew for the pictures whose uploaded file is intact."""
    for picture in Picture.objects.all():
        name = picture.file.name
        if default_storage.exists(name) and basename(dirname(name)) == digest(name):
            for rendition in all_of(picture):
                if default_storage.exists(rendition.name) and not is_whole(rendition):
                    default_storage.delete(rendition.name)
            renditions.make_renditions(picture)


def find_unnamed_files():
    """Yield the files that no row names: uploads of pictures that were never saved, and unfinished files."""
    return (f"nobody names {name}" for name in unnamed())


def unnamed():
    """Return the files in folders without a named file. Renditions lie in the folder of their picture's file."""
    folders = {dirname(name) for name in describe_named_files()}
    return [name for name in list_stored_files() if dirname(name) not in folders]


def delete_unnamed_files():
    """Delete the unnamed files of pictures that are older than LEFT_FOR. Files outside of pictures/ stay."""
    for name in unnamed():
        old = default_storage.get_modified_time(name) < timezone.now() - LEFT_FOR
        if old and name.startswith("pictures/"):
            default_storage.delete(name)

"""The files of pictures, compared with what the database says of them."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from posixpath import basename, dirname

from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from recruit_site.media import renditions
from recruit_site.media.models import Picture
from recruit_site.operations.backup.media import named, stored

#: A file that nobody names yet may be that of a picture which is being saved.
LEFT_FOR = timedelta(days=1)


def pictures():
    """Yield the files that are named and missing or not what their names say, and renditions likewise."""
    there = set(stored())
    for name, who in named().items():
        if name not in there:
            yield f"{name} is missing, which is named by {who}: take it from a backup"
        elif basename(dirname(name)) != digest(name):
            yield f"{name} is not what was uploaded, and is named by {who}: take it from a backup"
    for picture in Picture.objects.all():
        for one in all_of(picture):
            if one.name not in there:
                yield f"{one.name} is missing, which pages show of {picture.slug}"
            elif not is_whole(one):
                yield f"{one.name} is damaged, which pages show of {picture.slug}"


def all_of(picture):
    """Return all Renditions of a Picture, each once."""
    return sorted({one for shape in renditions.SHAPES for one in renditions.of(picture, shape)})


def digest(name):
    """Return the digest by which an uploaded picture with this content is named."""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def is_whole(rendition):
    with suppress(OSError, SyntaxError), default_storage.open(rendition.name) as file, Image.open(file) as image:
        image.load()
        return image.size == rendition.size
    return False


def mend_renditions():
    """Draw what is missing or damaged anew, of the pictures whose own file is whole."""
    for picture in Picture.objects.all():
        name = picture.file.name
        if default_storage.exists(name) and basename(dirname(name)) == digest(name):
            for one in all_of(picture):
                if default_storage.exists(one.name) and not is_whole(one):
                    default_storage.delete(one.name)
            renditions.make(picture)


def left():
    """Yield the files that nobody names: of a picture that was never saved, or only begun."""
    return (f"nobody names {name}" for name in unnamed())


def unnamed():
    """Return the files that are neither named nor in the folder of one that is."""
    folders = {dirname(name) for name in named()}
    return [name for name in stored() if dirname(name) not in folders]


def remove_left():
    """Remove those of pictures that have lain there for a day. What we did not write stays."""
    for name in unnamed():
        old = default_storage.get_modified_time(name) < timezone.now() - LEFT_FOR
        if old and name.startswith("pictures/"):
            default_storage.delete(name)

"""Renditions: the files of a picture that pages show, cut around its focus, in several widths and three formats.

All renditions are made when the picture is saved, so that a page names only files that exist, whichever server stores
and serves them. The name of a rendition holds everything that its content depends on, so a file never changes and may
be cached for ever.
"""

from io import BytesIO
from itertools import groupby
from posixpath import dirname
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.utils.html import format_html
from PIL import Image

from recruit_site.media.upload import ONE_AT_A_TIME

WIDTHS = (320, 640, 960, 1280, 1920)
#: The formats with their content types and Pillow options, smallest files first. Every browser reads the last format.
FORMS = {
    "avif": ("image/avif", {"format": "AVIF", "quality": 60, "speed": 9, "max_threads": 1}),
    "webp": ("image/webp", {"format": "WEBP", "quality": 78, "method": 2}),
    "jpg": ("image/jpeg", {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True}),
}


class Shape(NamedTuple):
    """The proportions to which a picture is cut (None: not at all), and the width of its widest rendition in pixels."""

    proportions: tuple[int, int] | None
    widest: int


SHAPES = {"portrait": Shape((4, 5), 1280), "wide": Shape((3, 2), 1920), "whole": Shape(None, 1920)}


def cut(size, proportions, focus):
    """Return (left, top, right, bottom) in pixels of the largest part of a picture that has these proportions.

    The focus, in percent of the picture's width and height, lies at the same percentage of the part. So the focus is
    never cut off, and `object-position` in CSS has the same meaning.
    """
    width, height = size
    across, down = proportions or size
    part = max(1, min(width, round(height * across / down))), max(1, min(height, round(width * down / across)))
    left, top = (round((whole - kept) * at / 100) for whole, kept, at in zip(size, part, focus, strict=True))
    return left, top, left + part[0], top + part[1]


def widths(available, widest):
    """Return the widths in pixels of the renditions of a part that is `available` pixels wide.

    No rendition is wider than the part or than `widest`. Of two almost equal widths only the larger is returned.
    """
    most = min(available, widest)
    return [*(width for width in WIDTHS if width < most * 0.8), most]


class Rendition(NamedTuple):
    """A file: its name in the storage, its format, the part of the picture that it shows and its size in pixels."""

    name: str
    form: str
    part: tuple[int, int, int, int]
    size: tuple[int, int]

    def pixels(self):
        """Return the part and the size: renditions that share both are drawn once for all formats."""
        return self.part, self.size


def plan_renditions(file_name, size, focus, shape):
    """Return the Renditions of a picture in one of the SHAPES, from its storage name, its size and its focus."""
    proportions, widest = SHAPES[shape]
    part = cut(size, proportions, focus)
    across, down = part[2] - part[0], part[3] - part[1]
    cutting = "whole" if (across, down) == size else "-".join(map(str, (shape, *focus)))
    return [
        Rendition(
            f"{dirname(file_name)}/{cutting}-{width}.{form}", form, part, (width, max(1, round(width * down / across)))
        )
        for form in FORMS
        for width in widths(across, widest)
    ]


def renditions_of(picture, shape):
    """Return the Renditions of a Picture in one of the SHAPES."""
    return plan_renditions(picture.file.name, picture.size, picture.focus, shape)


def make_renditions(picture):
    """Draw and store the renditions of a Picture that are missing in its storage."""
    storage = picture.file.storage
    renditions = {rendition for shape in SHAPES for rendition in renditions_of(picture, shape)}
    missing = sorted((one for one in renditions if not storage.exists(one.name)), key=Rendition.pixels)
    if not missing:
        return
    with ONE_AT_A_TIME, storage.open(picture.file.name) as file, Image.open(file, formats=("JPEG",)) as original:
        for (part, size), forms in groupby(missing, key=Rendition.pixels):
            drawn = original.resize(size, Image.Resampling.LANCZOS, box=part)
            for rendition in forms:
                content = BytesIO()
                drawn.save(content, **FORMS[rendition.form][1])
                storage.save(rendition.name, ContentFile(content.getvalue()))


class ResponsivePicture(NamedTuple):
    """A picture in one shape, for a template. `sources` are (content type, srcset) pairs, the smallest files first."""

    picture: object
    width: int
    height: int
    src: str
    srcset: str
    sources: list


def responsive_picture(picture, shape):
    """Return a picture in one of the SHAPES as Shown."""
    storage = picture.file.storage
    renditions = renditions_of(picture, shape)
    srcsets = {
        form: ", ".join(f"{storage.url(one.name)} {one.size[0]}w" for one in renditions if one.form == form)
        for form in FORMS
    }
    *_smaller, largest = renditions
    middle = next((one for one in renditions if one.form == "jpg" and one.size[0] >= 640), largest)
    sources = [(FORMS[form][0], srcset) for form, srcset in srcsets.items() if form != "jpg"]
    return ResponsivePicture(picture, *largest.size, storage.url(middle.name), srcsets["jpg"], sources)


def thumbnail(picture):
    """Return the HTML of a thumbnail for the admin."""
    smallest, *_larger = renditions_of(picture, "wide")
    src = picture.file.storage.url(smallest.name)
    return format_html('<img class="thumbnail" src="{}" width="120" height="80" loading="lazy" alt="">', src)
